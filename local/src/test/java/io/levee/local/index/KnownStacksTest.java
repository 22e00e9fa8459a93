package io.levee.local.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KnownStacksTest {
  @Test
  void holdsWhatWasAddedAndNothingElse() {
    Random random = new Random(3);
    KnownStacks known = new KnownStacks();
    Set<Long> added = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      long hash = i == 17 ? 0 : random.nextLong();
      assertThat(known.holds(hash)).isEqualTo(added.contains(hash));
      known.add(hash);
      known.add(hash);
      added.add(hash);
    }

    assertThat(added).allMatch(known::holds);
    assertThat(known.size()).isEqualTo(added.size());
  }

  @Test
  void earnsDocumentTheSecondTime() {
    KnownStacks known = new KnownStacks();

    assertThat(known.earns(new Stack(5, 20))).isFalse();
    assertThat(known.earns(new Stack(6, 20))).isFalse();
    assertThat(known.earns(new Stack(5, 20))).isTrue();
  }

  @Test
  void earnsNoneWhenSmallOrOverTheLimit() {
    KnownStacks known = new KnownStacks(1);
    Stack small = new Stack(5, KnownStacks.VALUES_MIN - 1);

    assertThat(known.earns(small)).isFalse();
    assertThat(known.earns(small)).isFalse();
    known.add(7);
    assertThat(known.earns(new Stack(8, 20))).isFalse();
    assertThat(known.earns(new Stack(8, 20))).isFalse();
    assertThat(known.holds(7)).isTrue();
  }
}
