package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code regex}. */
final class RegexStageTest {
  @Test
  void keepsWhatMatches() {
    assertThat(Pipes.run("regex host=\"^a\"", row("host", "a", "n", 1), row("host", "b", "n", 2)))
        .containsExactly("host=a n=1");
  }

  @Test
  void keepsWhatDoesNot() {
    assertThat(Pipes.run("regex host!=\"^a\"", row("host", "a", "n", 1), row("host", "b", "n", 2)))
        .containsExactly("host=b n=2");
  }
}
