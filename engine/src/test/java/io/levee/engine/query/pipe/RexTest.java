package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code rex}. */
final class RexTest {
  @Test
  void makesFieldsOfGroups() {
    assertThat(
            Pipes.run(
                "rex \"order (?<order>\\d+) of (?<who>\\w+)\"", row("_raw", "order 17 of ann")))
        .containsExactly("_raw=order 17 of ann order=17 who=ann");
  }

  @Test
  void takesSeveralMatches() {
    assertThat(Pipes.run("rex field=t max_match=0 \"(?<d>\\d)\"", row("t", "1a2")))
        .containsExactly("t=1a2 d=1+2");
  }

  @Test
  void changesText() {
    assertThat(Pipes.run("rex field=t mode=sed \"s/\\d+/N/g\"", row("t", "1a22")))
        .containsExactly("t=NaN");
  }
}
