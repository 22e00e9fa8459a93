package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code reverse}. */
final class ReverseTest {
  @Test
  void turnsRowsAround() {
    assertThat(
            Pipes.run(
                "reverse",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=a n=3", "host=b n=2", "host=a n=1");
  }
}
