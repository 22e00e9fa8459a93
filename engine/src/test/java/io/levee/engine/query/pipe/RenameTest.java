package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code rename}. */
final class RenameTest {
  @Test
  void renamesInPlace() {
    assertThat(Pipes.run("rename host as machine", row("host", "a", "n", 1)))
        .containsExactly("machine=a n=1");
  }

  @Test
  void takesWildcards() {
    assertThat(Pipes.run("rename h* as x_*", row("host", "a", "n", 1)))
        .containsExactly("x_ost=a n=1");
  }
}
