package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static io.levee.engine.query.pipe.Pipes.weighted;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code top} and {@code rare}. */
final class TopTest {
  @Test
  void countsTheMostFrequent() {
    assertThat(
            Pipes.run(
                "top limit=1 host",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=a count=2 percent=66.666667");
  }

  @Test
  void countsTheLeastFrequent() {
    assertThat(
            Pipes.run(
                "rare limit=1 showperc=f host",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=b count=1");
  }

  @Test
  void countsWithinGroups() {
    assertThat(
            Pipes.run(
                "top showperc=f kind by host",
                row("host", "a", "kind", "x"),
                weighted(3, "host", "a", "kind", "y"),
                row("host", "b", "kind", "x")))
        .containsExactly("host=a kind=y count=3", "host=a kind=x count=1", "host=b kind=x count=1");
  }
}
