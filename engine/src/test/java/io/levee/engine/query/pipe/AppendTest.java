package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code append}. */
final class AppendTest {
  @Test
  void putsOtherRowsBehind() {
    assertThat(Pipes.run("append [WARN | stats count]", row("host", "a", "n", 1)))
        .containsExactly("host=a n=1", "host=a count=7");
  }
}
