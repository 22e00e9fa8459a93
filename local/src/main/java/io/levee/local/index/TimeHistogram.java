package io.levee.local.index;

import io.levee.engine.index.Histogram;
import io.levee.engine.query.TimeRange;
import io.levee.engine.query.Values;
import io.levee.event.Level;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.jspecify.annotations.Nullable;

/** Adds up weights by stretch of time and level. */
final class TimeHistogram extends SimpleCollector
    implements RolledPass.Counter, SegmentRollup.Taker {
  static final int BUCKETS_MAX = 10_000;

  private static final int LEVELS = Level.values().length;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Duration bucket;
  private final long bucketNanos;
  private final long first;
  private final long[] sums;
  private final Stretches stretches = new Stretches(this::bucketOf);
  private @Nullable RolledPass rolled;
  private int rolledLevel;
  private int rolledBucket;
  private long rolledFrom = Long.MAX_VALUE / 2;
  private @Nullable NumericDocValues levels;
  private @Nullable NumericDocValues extraWeights;

  TimeHistogram(TimeRange range, Duration bucket) {
    if (bucket.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException("bucket: " + bucket + " (expected: 1 ms or more)");
    }
    this.bucket = bucket;
    this.bucketNanos = bucket.toNanos();
    this.first = Math.floorDiv(Values.nanos(range.from()), bucketNanos);
    long last = Math.floorDiv(Values.nanos(range.to()) - 1, bucketNanos);
    long count = range.from().equals(range.to()) ? 0 : last - first + 1;
    if (count > BUCKETS_MAX) {
      throw new IllegalArgumentException(
          "buckets: " + count + " (expected: at most " + BUCKETS_MAX + ")");
    }
    this.sums = new long[Math.toIntExact(count) * LEVELS];
  }

  @Override
  public void rollUp(@Nullable RolledPass pass) {
    rolled = pass;
  }

  @Override
  protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
    if (RolledPass.answered(rolled, leaf.reader(), this)) {
      throw new CollectionTerminatedException();
    }
    stretches.open(leaf.reader());
    levels = leaf.reader().getNumericDocValues(Schema.LEVEL);
    extraWeights = leaf.reader().getNumericDocValues(Schema.EXTRA_WEIGHT);
  }

  @Override
  public void of(String project, Level level, @Nullable String value) {
    rolledLevel = level.code();
  }

  @Override
  public void take(long startNanos, long events, long stored) {
    if (startNanos < rolledFrom || startNanos >= rolledFrom + bucketNanos) {
      rolledBucket = bucketOf(startNanos);
      rolledFrom = (first + rolledBucket) * bucketNanos;
    }
    sums[rolledBucket * LEVELS + rolledLevel] += events;
  }

  @Override
  public void collect(int doc) throws IOException {
    if (levels == null || !levels.advanceExact(doc)) {
      return; // Every event has one.
    }
    long weight = 1;
    if (extraWeights != null && extraWeights.advanceExact(doc)) {
      weight += extraWeights.longValue();
    }
    sums[stretches.of(doc) * LEVELS + (int) levels.longValue()] += weight;
  }

  /** Other documents of a block may lie outside the range; those are in no bucket of ours. */
  private int bucketOf(long nanos) {
    return Math.toIntExact(Math.floorDiv(nanos, bucketNanos) - first);
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE_NO_SCORES;
  }

  Histogram result() {
    List<Histogram.Bucket> buckets = new ArrayList<>();
    for (int i = 0; i < sums.length; i += LEVELS) {
      Map<Level, Long> byLevel = new EnumMap<>(Level.class);
      for (int level = 0; level < LEVELS; level++) {
        if (sums[i + level] > 0) {
          byLevel.put(Level.ofCode(level), sums[i + level]);
        }
      }
      buckets.add(new Histogram.Bucket(start(i / LEVELS), byLevel));
    }
    return new Histogram(bucket, buckets);
  }

  private Instant start(int index) {
    long nanos = (first + index) * bucketNanos;
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
  }
}
