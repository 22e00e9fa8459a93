package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code chart}. */
final class ChartTest {
  @Test
  void splitsIntoColumns() {
    assertThat(
            Pipes.run(
                "chart count over host by kind",
                row("host", "a", "kind", "x"),
                row("host", "a", "kind", "y"),
                row("host", "b", "kind", "x")))
        .containsExactly("host=a x=1 y=1", "host=b x=1 y=0");
  }

  @Test
  void takesSeveralAggregates() {
    assertThat(
            Pipes.run(
                "chart count, sum(n) by host",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=a count=2 sum(n)=4", "host=b count=1 sum(n)=2");
  }
}
