package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code makemv}. */
final class MakeMvTest {
  @Test
  void cutsAtASeparator() {
    assertThat(Pipes.run("makemv delim=\",\" t", row("t", "a,,b"))).containsExactly("t=a+b");
  }

  @Test
  void takesTokens() {
    assertThat(Pipes.run("makemv tokenizer=\"([a-z])\\d\" t", row("t", "a1b2")))
        .containsExactly("t=a+b");
  }
}
