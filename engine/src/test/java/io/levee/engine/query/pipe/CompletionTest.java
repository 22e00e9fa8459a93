package io.levee.engine.query.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompletionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "lev;FILTER;lev",
        "ERROR lev;FILTER;lev",
        "ERROR -lev;FILTER;lev",
        "host:\"a b;FILTER;host:\"a b",
        "ERROR | ;COMMAND;''",
        "ERROR | sta;COMMAND;sta",
        "'* | stats ';AGGREGATE;''",
        "* | stats co;AGGREGATE;co",
        "* | stats count, av;AGGREGATE;av",
        "* | stats avg(du;FIELD;du",
        "* | stats count(eval(le;EXPRESSION;le",
        "* | stats count by ho;FIELD;ho",
        "* | chart count over ho;FIELD;ho",
        "* | where le;EXPRESSION;le",
        "* | eval a=le;EXPRESSION;le",
        "* | eval a=\"le;NOTHING;\"le",
        "* | dedup ho;FIELD;ho",
        "* | search lev;FILTER;lev",
        "* | append [ERROR | st;COMMAND;st",
        "* | append [ERR;FILTER;ERR",
        "a ```| st``` b;FILTER;b"
      })
  void seesWhatIsWanted(String text, Completion.Kind kind, String word) {
    Completion completion = Completion.at(text, text.length());

    assertThat(completion.kind()).isEqualTo(kind);
    assertThat(completion.word()).isEqualTo(word);
    assertThat(text.substring(completion.start())).isEqualTo(word);
  }

  @Test
  void looksAtTheTextBeforeThePlaceOnly() {
    assertThat(Completion.at("ERROR | sta count by host", 11))
        .isEqualTo(new Completion(Completion.Kind.COMMAND, 8, "sta", ""));
    assertThat(Completion.at("a", 99).word()).isEqualTo("a");
    assertThat(Completion.at("a", -1).word()).isEmpty();
  }

  @Test
  void neverThrows() {
    Random random = new Random(5);
    String letters = "ab |[]()\"'`\\/:=,*\n";
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      Completion completion = Completion.at(text.toString(), random.nextInt(40));
      assertThat(completion.start()).as("seed 5: %s", text).isBetween(0, text.length());
    }
  }
}
