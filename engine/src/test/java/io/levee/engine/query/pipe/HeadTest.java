package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code head}. */
final class HeadTest {
  @Test
  void takesTheFirst() {
    assertThat(
            Pipes.run(
                "head 2",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=a n=1", "host=b n=2");
  }

  @Test
  void takesWhileAConditionHolds() {
    assertThat(
            Pipes.run(
                "head (n < 2)",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=a n=1");
  }

  @Test
  void takesNone() {
    assertThat(
            Pipes.run(
                "head 0",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly();
  }
}
