package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.weighted;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code compare}. */
final class CompareTest {
  @Test
  void putsEarlierNumbersBeside() {
    assertThat(Pipes.run("stats count by host | compare earlier=1d", weighted(3, "host", "a")))
        .containsExactly("host=a count=3 count earlier=2 count change=50");
  }
}
