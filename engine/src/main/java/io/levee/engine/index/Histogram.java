package io.levee.engine.index;

import io.levee.event.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Events over time.
 *
 * @param bucket width of a bucket
 * @param buckets oldest first, without gaps
 */
public record Histogram(Duration bucket, List<Bucket> buckets) {
  public Histogram {
    buckets = List.copyOf(buckets);
  }

  /**
   * One stretch.
   *
   * @param start inclusive
   * @param byLevel sums of weights; a level without events is absent
   */
  public record Bucket(Instant start, Map<Level, Long> byLevel) {
    public Bucket {
      Map<Level, Long> copy = new EnumMap<>(Level.class);
      copy.putAll(byLevel);
      byLevel = copy;
    }

    /** The sum over all levels. */
    public long total() {
      return byLevel.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** The sum over all buckets. */
  public long total() {
    return buckets.stream().mapToLong(Bucket::total).sum();
  }
}
