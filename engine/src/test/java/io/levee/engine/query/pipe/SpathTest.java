package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code spath}. */
final class SpathTest {
  @Test
  void takesWhatLiesAtAPath() {
    assertThat(Pipes.run("spath input=j path=a.b{1} output=x", row("j", "{\"a\":{\"b\":[1,2]}}")))
        .containsExactly("j={\"a\":{\"b\":[1,2]}} x=2");
  }

  @Test
  void takesAllThereIs() {
    assertThat(Pipes.run("spath input=j", row("j", "{\"a\":{\"b\":true}}")))
        .containsExactly("j={\"a\":{\"b\":true}} a.b=true");
  }
}
