package io.levee.local.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.query.Values;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.tokenattributes.TermToBytesRefAttribute;
import org.junit.jupiter.api.Test;

final class TermStreamTest {
  private final TermStream terms = new TermStream();

  @Test
  void saysWhatALeafLiesInOnceADocument() {
    terms.leaf("tags.plan", "Business");
    terms.leaf("tags.shard", "7");

    assertThat(read())
        .containsExactly(
            Schema.exact("tags.plan", "business"),
            Schema.exists("tags.plan"),
            Schema.exists("tags"),
            Schema.exact("tags.shard", "7"),
            Schema.exists("tags.shard"));
  }

  @Test
  void saysItAgainOfTheNextDocument() {
    terms.leaf("tags.plan", "a");
    read();

    terms.clear();
    terms.leaf("tags.plan", "b");

    assertThat(read())
        .containsExactly(
            Schema.exact("tags.plan", "b"), Schema.exists("tags.plan"), Schema.exists("tags"));
  }

  @Test
  void tellsAFieldFromALeafOfTheSameName() {
    terms.exact("user.id", "7");
    assertThat(read()).containsExactly(Schema.exact("user.id", "7"), Schema.exists("user.id"));

    terms.clear();
    terms.leaf("user.id", "7");

    assertThat(read()).contains(Schema.exists("user.id"), Schema.exists("user"));
  }

  @Test
  void writesTermsAsTheQueryWritesThem() {
    List<String> values =
        List.of("", "plain", "Größe", "日本語", "\uD83D\uDE00 smile", "x".repeat(3_000));
    values.forEach(value -> terms.exact("host", value));

    List<String> expected = new ArrayList<>();
    values.forEach(value -> expected.add(Schema.exact("host", Values.fold(value))));
    expected.add(1, Schema.exists("host"));
    assertThat(read()).containsExactlyElementsOf(expected);
  }

  @Test
  void forgetsNamesPastItsLimitAndStaysRight() {
    for (int i = 0; i < 10_000; i++) {
      terms.clear();
      terms.leaf("extra.key" + i, "v");
      terms.leaf("extra.other", "w");
    }

    assertThat(read())
        .contains(
            Schema.exact("extra.key9999", "v"),
            Schema.exact("extra.other", "w"),
            Schema.exists("extra"),
            Schema.exists("extra.other"));
  }

  private List<String> read() {
    List<String> read = new ArrayList<>();
    TermToBytesRefAttribute term = terms.getAttribute(TermToBytesRefAttribute.class);
    terms.reset();
    while (terms.incrementToken()) {
      read.add(term.getBytesRef().utf8ToString());
    }
    return read;
  }
}
