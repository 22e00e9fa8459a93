package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code mvexpand}. */
final class MvExpandTest {
  @Test
  void makesARowOfEachValue() {
    assertThat(Pipes.run("mvexpand t", row("t", List.of("a", "b"), "n", 1)))
        .containsExactly("t=a n=1", "t=b n=1");
  }
}
