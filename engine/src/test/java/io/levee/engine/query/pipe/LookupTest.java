package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code lookup}. */
final class LookupTest {
  @Test
  void takesColumnsOfAnotherAnswer() {
    assertThat(
            Pipes.run(
                "lookup [ERROR | stats count by host] host output count",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2)))
        .containsExactly("host=a n=1 count=7", "host=b n=2");
  }
}
