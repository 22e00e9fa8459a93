package io.levee.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DistinctSketchTest {
  private static final long SEED = 42;

  @Test
  void isExactWhileSmall() {
    DistinctSketch sketch = new DistinctSketch();

    for (int i = 0; i < DistinctSketch.EXACT_MAX; i++) {
      assertThat(sketch.add(DistinctSketch.hash("user-" + i))).isTrue();
      assertThat(sketch.add(DistinctSketch.hash("user-" + i))).isFalse();
      assertThat(sketch.count()).isEqualTo(i + 1);
    }
  }

  @Test
  void staysWithinTwoPercentWhenLarge() {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(SEED + seed);
      DistinctSketch sketch = new DistinctSketch();
      int added = 0;
      for (int until : new int[] {513, 1_000, 5_000, 20_000, 60_000, 250_000, 1_000_000}) {
        for (; added < until; added++) {
          sketch.add(random.nextLong());
        }
        assertThat((double) sketch.count())
            .as("seed %d", SEED + seed)
            .isCloseTo(until, within(until * 0.0201));
      }
    }
  }

  @Test
  void comesBackAsItWas() {
    Random random = new Random(SEED);
    DistinctSketch sketch = new DistinctSketch();
    for (int i = 0; i < 3_000; i++) {
      sketch.add(random.nextLong());
      if (i % 100 == 0) {
        DistinctSketch copy = DistinctSketch.decode(sketch.encode());
        assertThat(copy.count()).isEqualTo(sketch.count());
        assertThat(copy.encode()).hasSameSizeAs(sketch.encode());
      }
    }
    assertThat(DistinctSketch.decode(sketch.encode()).encode()).isEqualTo(sketch.encode());
    assertThat(sketch.encode()).hasSizeLessThan(12_300);
  }

  @Test
  void refusesOtherBytes() {
    byte[] good = new DistinctSketch().encode();

    for (byte[] bad :
        new byte[][] {{}, {1}, {2, 0}, {1, 2}, {1, 0, 5}, {1, 1, 0, 0, 0}, new byte[99]}) {
      assertThatThrownBy(() -> DistinctSketch.decode(bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(DistinctSketch.decode(good).count()).isZero();
  }
}
