package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code streamstats}. */
final class StreamStatsTest {
  @Test
  void addsUpAsItGoes() {
    assertThat(
            Pipes.run(
                "streamstats sum(n) as so_far",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=a n=1 so_far=1", "host=b n=2 so_far=3", "host=a n=3 so_far=6");
  }

  @Test
  void looksAtAWindow() {
    assertThat(
            Pipes.run(
                "streamstats window=2 sum(n) as two",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=a n=1 two=1", "host=b n=2 two=3", "host=a n=3 two=5");
  }

  @Test
  void leavesTheRowItselfOut() {
    assertThat(
            Pipes.run(
                "streamstats current=f count as before by host",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=a n=1 before=0", "host=b n=2 before=0", "host=a n=3 before=1");
  }
}
