package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code fillnull}. */
final class FillNullTest {
  @Test
  void fillsNamedFields() {
    assertThat(Pipes.run("fillnull value=none kind", row("host", "a", "n", 1)))
        .containsExactly("host=a n=1 kind=none");
  }

  @Test
  void fillsEveryColumn() {
    assertThat(Pipes.run("fillnull", row("a", 1), row("b", 2)))
        .containsExactly("a=1 b=0", "b=2 a=0");
  }
}
