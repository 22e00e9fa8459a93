package io.levee.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LatencyHistogramTest {
  private final LatencyHistogram histogram = new LatencyHistogram();

  @Test
  void percentilesAreWithinOneThirtySecond() {
    for (int micros = 1; micros <= 100_000; micros++) {
      histogram.record(micros * 1_000L);
    }

    for (double part : new double[] {0.001, 0.1, 0.5, 0.9, 0.99, 0.999}) {
      long exact = (long) (part * 100_000);
      long found = histogram.percentile(part).toNanos() / 1_000;
      assertThat(found).isBetween(exact, exact + exact / 32 + 1);
    }
    assertThat(histogram.count()).isEqualTo(100_000);
  }

  @Test
  void smallValuesAreExact() {
    for (int micros = 0; micros < 64; micros++) {
      assertThat(LatencyHistogram.upperEnd(LatencyHistogram.bucket(micros))).isEqualTo(micros);
    }
  }

  @Test
  void bucketsFollowOneAnother() {
    for (long micros = 1; micros < 1_000_000; micros++) {
      int bucket = LatencyHistogram.bucket(micros);
      assertThat(bucket - LatencyHistogram.bucket(micros - 1)).isBetween(0, 1);
      assertThat(LatencyHistogram.upperEnd(bucket)).isGreaterThanOrEqualTo(micros);
    }
  }

  @Test
  void maximumIsExact() {
    histogram.record(Duration.ofMillis(3).toNanos());
    histogram.record(Duration.ofMillis(1_234).toNanos());

    assertThat(histogram.max()).isEqualTo(Duration.ofMillis(1_234));
    assertThat(histogram.percentile(1)).isEqualTo(Duration.ofMillis(1_234));
  }

  @Test
  void takesAnyLength() {
    histogram.record(-5);
    histogram.record(Long.MAX_VALUE);

    assertThat(histogram.percentile(0.5)).isZero();
    assertThat(histogram.max().toNanos() / 1_000).isEqualTo(LatencyHistogram.MICROS_MAX);
  }

  @Test
  void emptySaysZero() {
    assertThat(histogram.percentile(0.99)).isZero();
  }

  @Test
  void refusesPartAboveOne() {
    assertThatThrownBy(() -> histogram.percentile(99)).hasMessageContaining("part: 99");
  }
}
