package io.levee.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How one side did with one question.
 *
 * @param times of each asking, at least one
 * @param how the last answer came about, when it said so; otherwise empty
 * @param wrong what is not right about the answers; null when nothing is
 */
record Measured(List<Duration> times, String how, @Nullable String wrong) {
  /** So many are measured however long they take. */
  static final int ASKINGS_MIN = 5;

  private static final double NANOS_PER_MILLI = 1e6;

  Measured {
    times = List.copyOf(times);
    if (times.isEmpty()) {
      throw new IllegalArgumentException("times: none (expected: at least one)");
    }
  }

  /** The time that the given part of all askings doesn't pass. */
  Duration percentile(double part) {
    List<Duration> sorted = new ArrayList<>(times);
    sorted.sort(null);
    return sorted.get((int) Math.max(0, Math.ceil(part * sorted.size()) - 1));
  }

  Duration p95() {
    return percentile(0.95);
  }

  /** As {@code p50 1.23 p95 4.56 max 7.89 ms of 100}. */
  String text() {
    return String.format(
        Locale.ROOT,
        "p50 %8.2f  p95 %8.2f  max %8.2f ms of %3d",
        millis(percentile(0.5)),
        millis(p95()),
        millis(percentile(1)),
        times.size());
  }

  /** How many times longer the other took, at a percentile. */
  double faster(Measured other, double part) {
    return (double) other.percentile(part).toNanos() / Math.max(1, percentile(part).toNanos());
  }

  private static double millis(Duration time) {
    return time.toNanos() / NANOS_PER_MILLI;
  }
}
