package io.levee.spool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OffsetIndexTest {
  private final OffsetIndex index = new OffsetIndex();

  @Test
  void knowsNothingBeforeTheFirst() {
    assertThat(index.before(0)).isZero();

    index.note(100, 32);

    assertThat(index.before(99)).isZero();
    assertThat(index.before(100)).isEqualTo(32);
  }

  @Test
  void leadsToTheLastNotedBeforeAnOffset() {
    for (int i = 0; i < 1_000; i++) {
      index.note(10L * i, 32 + (long) i * OffsetIndex.STEP_BYTES);
    }

    assertThat(index.before(4_999)).isEqualTo(32 + 499L * OffsetIndex.STEP_BYTES);
    assertThat(index.before(5_000)).isEqualTo(32 + 500L * OffsetIndex.STEP_BYTES);
    assertThat(index.before(Long.MAX_VALUE)).isEqualTo(32 + 999L * OffsetIndex.STEP_BYTES);
  }

  @Test
  void leavesOutWhatLiesClose() {
    index.note(0, 32);
    index.note(1, 32 + OffsetIndex.STEP_BYTES - 1);
    index.note(2, 32 + OffsetIndex.STEP_BYTES);

    assertThat(index.before(1)).isEqualTo(32);
    assertThat(index.before(2)).isEqualTo(32 + OffsetIndex.STEP_BYTES);
  }
}
