package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code search}. */
final class SearchTest {
  @Test
  void keepsWhatFieldsSay() {
    assertThat(
            Pipes.run(
                "search host=A n>1",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=a n=3");
  }

  @Test
  void knowsWildcardsAndAlternatives() {
    assertThat(
            Pipes.run(
                "search host=b* OR n=1",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=a n=1", "host=b n=2");
  }

  @Test
  void findsNamesThatATableGave() {
    assertThat(Pipes.run("search Total>1", row("Total", 1), row("Total", 2)))
        .containsExactly("Total=2");
  }

  @Test
  void findsAddressesInABlock() {
    assertThat(Pipes.run("search ip=10.0.0.0/8", row("ip", "10.2.3.4"), row("ip", "11.2.3.4")))
        .containsExactly("ip=10.2.3.4");
  }
}
