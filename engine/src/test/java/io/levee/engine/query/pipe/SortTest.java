package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code sort}. */
final class SortTest {
  @Test
  void sortsByNumberDownwards() {
    assertThat(
            Pipes.run(
                "sort -n",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=a n=3", "host=b n=2", "host=a n=1");
  }

  @Test
  void sortsByTextThenNumber() {
    assertThat(
            Pipes.run(
                "sort host, -n",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=a n=3", "host=a n=1", "host=b n=2");
  }

  @Test
  void keepsTheFirst() {
    assertThat(
            Pipes.run(
                "sort 1 n",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=a n=1");
  }

  @Test
  void sortsAddresses() {
    assertThat(Pipes.run("sort ip(ip)", row("ip", "10.0.0.10"), row("ip", "10.0.0.9")))
        .containsExactly("ip=10.0.0.9", "ip=10.0.0.10");
  }

  @Test
  void putsWhatLacksTheFieldLast() {
    assertThat(Pipes.run("sort n", row("host", "x"), row("n", 1))).containsExactly("n=1", "host=x");
  }
}
