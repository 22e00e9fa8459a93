package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code bin}. */
final class BinTest {
  @Test
  void putsTimesIntoSteps() {
    assertThat(Pipes.run("bin _time span=1h", row("_time", 1795262500)))
        .containsExactly("_time=1795262400");
  }

  @Test
  void putsNumbersIntoSteps() {
    assertThat(Pipes.run("bin n span=10 as step", row("n", 25))).containsExactly("n=25 step=20-30");
  }
}
