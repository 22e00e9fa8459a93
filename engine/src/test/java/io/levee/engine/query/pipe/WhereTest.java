package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code where}. */
final class WhereTest {
  @Test
  void comparesFieldsAndNumbers() {
    assertThat(
            Pipes.run(
                "where n >= 2 AND host = \"a\"",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=a n=3");
  }

  @Test
  void regardsCase() {
    assertThat(
            Pipes.run(
                "where host = \"A\"",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly();
  }

  @Test
  void bindsAndTighterThanOr() {
    assertThat(
            Pipes.run(
                "where n=2 OR n=3 AND host=\"b\"",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=b n=2");
  }

  @Test
  void takesLists() {
    assertThat(
            Pipes.run(
                "where n IN (1, 2) AND NOT host IN (\"b\")",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=a n=1");
  }
}
