package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static io.levee.engine.query.pipe.Pipes.weighted;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code patterns}. */
final class PatternsStageTest {
  @Test
  void countsMessagesWithoutTheirNumbers() {
    assertThat(
            Pipes.run(
                "patterns",
                weighted(2, "_raw", "order 1 failed"),
                row("_raw", "order 22 failed"),
                row("_raw", "hello")))
        .containsExactly(
            "pattern=order <n> failed count=3 percent=75 sample=order 1 failed",
            "pattern=hello count=1 percent=25 sample=hello");
  }
}
