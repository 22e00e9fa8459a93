package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code eventstats}. */
final class EventStatsTest {
  @Test
  void putsTheGroupsSumIntoEachRow() {
    assertThat(
            Pipes.run(
                "eventstats sum(n) as all by host",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=a n=1 all=4", "host=b n=2 all=2", "host=a n=3 all=4");
  }
}
