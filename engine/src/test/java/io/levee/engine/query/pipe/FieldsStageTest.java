package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code fields}. */
final class FieldsStageTest {
  @Test
  void keepsFields() {
    assertThat(Pipes.run("fields n", row("host", "a", "n", 1))).containsExactly("n=1");
  }

  @Test
  void removesFields() {
    assertThat(Pipes.run("fields - n", row("host", "a", "n", 1))).containsExactly("host=a");
  }

  @Test
  void takesWildcardsAndKeepsTheTime() {
    assertThat(Pipes.run("fields h*", row("_time", 5, "host", "a", "n", 1)))
        .containsExactly("_time=5 host=a");
  }
}
