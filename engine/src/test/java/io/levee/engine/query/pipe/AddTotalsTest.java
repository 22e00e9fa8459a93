package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code addtotals}. */
final class AddTotalsTest {
  @Test
  void addsAColumn() {
    assertThat(Pipes.run("addtotals", row("host", "a", "x", 1, "y", 2)))
        .containsExactly("host=a x=1 y=2 Total=3");
  }

  @Test
  void addsARow() {
    assertThat(
            Pipes.run("addtotals row=f col=t", row("host", "a", "n", 1), row("host", "b", "n", 2)))
        .containsExactly("host=a n=1", "host=b n=2", "host=Total n=3");
  }
}
