package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code transaction}. */
final class TransactionTest {
  @Test
  void joinsRowsThatBelongTogether() {
    assertThat(
            Pipes.run(
                "transaction u",
                row("_time", 30, "u", "x", "p", "c"),
                row("_time", 20, "u", "x", "p", "b"),
                row("_time", 10, "u", "y", "p", "a")))
        .containsExactly(
            "_time=20 u=x p=c+b duration=10 eventcount=2 closed=true",
            "_time=10 u=y p=a duration=0 eventcount=1 closed=true");
  }

  @Test
  void endsAtAPause() {
    assertThat(
            Pipes.run(
                "transaction u maxpause=5s",
                row("_time", 30, "u", "x"),
                row("_time", 20, "u", "x")))
        .containsExactly(
            "_time=30 u=x duration=0 eventcount=1 closed=true",
            "_time=20 u=x duration=0 eventcount=1 closed=true");
  }

  @Test
  void saysWhetherItSawTheEnd() {
    assertThat(
            Pipes.run(
                "transaction u startswith=\"p=login\" endswith=\"p=logout\"",
                row("_time", 30, "u", "x", "p", "logout"),
                row("_time", 20, "u", "x", "p", "login"),
                row("_time", 10, "u", "x", "p", "login")))
        .containsExactly(
            "_time=20 u=x p=logout+login duration=10 eventcount=2 closed=true",
            "_time=10 u=x p=login duration=0 eventcount=1 closed=false");
  }
}
