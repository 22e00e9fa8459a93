package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static io.levee.engine.query.pipe.Pipes.weighted;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code timechart}. */
final class TimechartTest {
  @Test
  void fillsEmptyStepsWithZero() {
    assertThat(Pipes.run("timechart span=6h count, avg(n)", row("_time", 1795262400, "n", 4)))
        .containsExactly(
            "_time=1795219200 count=0",
            "_time=1795240800 count=0",
            "_time=1795262400 count=1 avg(n)=4",
            "_time=1795284000 count=0");
  }

  @Test
  void splitsIntoColumns() {
    assertThat(
            Pipes.run(
                "timechart span=1d count by host",
                row("_time", 1795262400, "host", "a"),
                row("_time", 1795262401, "host", "b"),
                row("_time", 1795262402)))
        .containsExactly("_time=1795219200 a=1 b=1 NULL=1");
  }

  @Test
  void joinsTheSmallOnes() {
    assertThat(
            Pipes.run(
                "timechart span=1d limit=1 count by host",
                row("_time", 1795262400, "host", "a"),
                weighted(2, "_time", 1795262401, "host", "b"),
                row("_time", 1795262402, "host", "c")))
        .containsExactly("_time=1795219200 b=2 OTHER=2");
  }
}
