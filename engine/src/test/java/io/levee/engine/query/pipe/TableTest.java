package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code table}. */
final class TableTest {
  @Test
  void putsColumnsInOrder() {
    assertThat(Pipes.run("table n, host", row("host", "a", "n", 1))).containsExactly("n=1 host=a");
  }
}
