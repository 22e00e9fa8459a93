package io.levee.bench;

import java.time.Duration;

/**
 * Counts durations in buckets whose width grows with the value: exact below 64 microseconds, within
 * 1/32 above. A value past {@link #MICROS_MAX} counts as that. Used by one thread.
 */
final class LatencyHistogram {
  /** About 19 hours. */
  static final long MICROS_MAX = (1L << 36) - 1;

  private static final int SUB_BITS = 5;
  private static final int SUB_BUCKETS = 1 << SUB_BITS;

  private final long[] counts = new long[bucket(MICROS_MAX) + 1];
  private long count;
  private long maxMicros;

  /** Counts one; what is below zero counts as zero. */
  void record(long nanos) {
    long micros = Math.min(MICROS_MAX, Math.max(0, nanos / 1_000));
    counts[bucket(micros)]++;
    count++;
    maxMicros = Math.max(maxMicros, micros);
  }

  long count() {
    return count;
  }

  Duration max() {
    return micros(maxMicros);
  }

  /**
   * The value that the given part of all values doesn't pass: the upper end of its bucket, never
   * more than the largest recorded. Zero when nothing was recorded.
   *
   * @param part 0 to 1, as in 0.99
   */
  Duration percentile(double part) {
    if (part < 0 || part > 1) {
      throw new IllegalArgumentException("part: " + part + " (expected: 0..1)");
    }
    long rank = Math.max(1, (long) Math.ceil(part * count));
    long seen = 0;
    for (int bucket = 0; bucket < counts.length && count > 0; bucket++) {
      seen += counts[bucket];
      if (seen >= rank) {
        return micros(Math.min(maxMicros, upperEnd(bucket)));
      }
    }
    return Duration.ZERO;
  }

  private static Duration micros(long micros) {
    return Duration.ofNanos(micros * 1_000);
  }

  static int bucket(long micros) {
    int exponent = Math.max(0, 63 - Long.numberOfLeadingZeros(micros | 1) - SUB_BITS);
    return (exponent << SUB_BITS) + (int) (micros >>> exponent);
  }

  static long upperEnd(int bucket) {
    if (bucket < 2 * SUB_BUCKETS) {
      return bucket;
    }
    int exponent = (bucket >>> SUB_BITS) - 1;
    long sub = bucket - ((long) exponent << SUB_BITS);
    return ((sub + 1) << exponent) - 1;
  }
}
