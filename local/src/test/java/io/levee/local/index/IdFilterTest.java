package io.levee.local.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class IdFilterTest {
  @Test
  void neverForgetsAndRarelyErrs() {
    IdFilter filter = new IdFilter();
    Random random = new Random(9);
    int wrong = 0;
    for (int i = 0; i < 300_000; i++) {
      wrong += filter.maybeSeen(random.nextLong()) ? 1 : 0;
    }

    Random again = new Random(9);
    for (int i = 0; i < 300_000; i++) {
      assertThat(filter.maybeSeen(again.nextLong())).isTrue();
    }
    assertThat(wrong).isLessThan(1_000);
  }
}
