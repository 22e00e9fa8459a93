package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code replace}. */
final class ReplaceStageTest {
  @Test
  void replacesWholeValues() {
    assertThat(
            Pipes.run(
                "replace a with A in host", row("host", "a", "n", 1), row("host", "b", "n", 2)))
        .containsExactly("host=A n=1", "host=b n=2");
  }

  @Test
  void takesWildcards() {
    assertThat(Pipes.run("replace web-* with w* in host", row("host", "web-1")))
        .containsExactly("host=w1");
  }
}
