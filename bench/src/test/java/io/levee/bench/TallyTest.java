package io.levee.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TallyTest {
  private final Tally.Counter counter = new Tally.Counter();

  @Test
  void allFoundOnceIsGood() {
    List.of("a", "b", "c").forEach(counter::found);

    assertThat(counter.against(List.of("c", "a", "b"))).isEqualTo(new Tally(0, 0, 0, 3));
  }

  @Test
  void seesLostDoubledAndForeign() {
    List.of("a", "b", "b", "x").forEach(counter::found);

    assertThat(counter.against(List.of("a", "b", "c", "d"))).isEqualTo(new Tally(2, 1, 1, 4));
  }
}
