package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code eval}. */
final class EvalTest {
  @Test
  void setsFieldsInOrder() {
    assertThat(Pipes.run("eval m=n*2, k=m+1", row("n", 2))).containsExactly("n=2 m=4 k=5");
  }

  @Test
  void joinsTextAndChooses() {
    assertThat(
            Pipes.run("eval t=host.\"-\".n, s=if(n>1,\"big\",\"small\")", row("host", "a", "n", 1)))
        .containsExactly("host=a n=1 t=a-1 s=small");
  }

  @Test
  void leavesOutWhatCannotBeComputed() {
    assertThat(Pipes.run("eval m=n/0, k=host*2", row("host", "a", "n", 1)))
        .containsExactly("host=a n=1");
  }
}
