package io.levee.engine.query.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuestionTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'';host:a",
        "*;host:a",
        "ERROR;ERROR host:a",
        "a OR b;(a OR b) host:a",
        "ERROR host:a;ERROR host:a",
        "* | stats count;host:a | stats count",
        "a | where b | top c;a host:a | where b | top c",
        "\"x | OR y\";(\"x | OR y\") host:a"
      })
  void addsATermToTheFilterAlone(String text, String expected) {
    assertThat(QuestionText.of(text).and("host:a").text()).isEqualTo(expected);
  }

  @Test
  void doesNotTakeTheBeginningOfAValueForTheValue() {
    assertThat(QuestionText.of("host:web-12").and("host:web-1").text())
        .isEqualTo("host:web-12 host:web-1");
  }

  @Test
  void leavesOutTheTimesOfTheQuestion() {
    assertThat(QuestionText.of("ERROR earliest=-7d@d latest=now x | stats count").untimed().text())
        .isEqualTo("ERROR x | stats count");
  }

  @Test
  void sortsInTheEnd() {
    QuestionText text = QuestionText.of("* | stats count by host");

    assertThat(text.sortedBy("count", true).text())
        .isEqualTo("* | stats count by host | sort -count");
    assertThat(text.sortedBy("count", true).sorted()).isEqualTo("-count");
    assertThat(text.sortedBy("count", true).sortedBy("host", false).text())
        .isEqualTo("* | stats count by host | sort host");
    assertThat(text.sortedBy("how many", true).sorted()).isEqualTo("-how many");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "|", "a |", "\"", "```x", "[ | ]", "/re", "\\"})
  void cutsWhateverItIsGiven(String text) {
    QuestionText parts = QuestionText.of(text);

    assertThat(parts.filter() + parts.stages()).isNotNull();
    assertThat(parts.events().stages()).isEmpty();
  }
}
