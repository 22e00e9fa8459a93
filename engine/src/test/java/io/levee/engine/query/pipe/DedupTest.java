package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code dedup}. */
final class DedupTest {
  @Test
  void keepsTheFirstOfEach() {
    assertThat(
            Pipes.run(
                "dedup host",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=a n=1", "host=b n=2");
  }

  @Test
  void keepsSeveral() {
    assertThat(
            Pipes.run(
                "dedup 2 host",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=a n=1", "host=b n=2", "host=a n=3");
  }

  @Test
  void removesRunsOnly() {
    assertThat(
            Pipes.run(
                "dedup host consecutive=t",
                row("host", "a", "n", 1),
                row("host", "a", "n", 2),
                row("host", "b", "n", 3),
                row("host", "a", "n", 4)))
        .containsExactly("host=a n=1", "host=b n=3", "host=a n=4");
  }
}
