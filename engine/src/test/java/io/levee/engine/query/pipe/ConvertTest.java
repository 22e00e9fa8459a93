package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code convert}. */
final class ConvertTest {
  @Test
  void convertsForms() {
    assertThat(
            Pipes.run(
                "convert rmunit(a) rmcomma(b) dur2sec(c) memk(d) ctime(_time) as t",
                row("_time", 0, "a", "5ms", "b", "1,000", "c", "01:00:01", "d", "2m")))
        .containsExactly("_time=0 a=5 b=1000 c=3601 d=2048 t=1970-01-01 00:00:00");
  }
}
