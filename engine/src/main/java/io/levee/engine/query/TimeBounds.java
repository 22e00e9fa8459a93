package io.levee.engine.query;

import org.jspecify.annotations.Nullable;

/**
 * A range of times; an upper bound that is a day takes the whole day in.
 *
 * @param from inclusive, ns since the epoch
 * @param to inclusive, ns since the epoch
 */
public record TimeBounds(long from, long to) {
  /** The range when its bounds are times; null otherwise. */
  public static @Nullable TimeBounds of(Query.Range range) {
    long from = Long.MIN_VALUE;
    long to = Long.MAX_VALUE;
    if (range.from() != null) {
      Values.TimeSpan span = Values.timeSpan(range.from());
      if (span == null) {
        return null;
      }
      from = range.includesFrom() ? span.from() : span.to();
    }
    if (range.to() != null) {
      Values.TimeSpan span = Values.timeSpan(range.to());
      if (span == null) {
        return null;
      }
      to = range.includesTo() ? span.to() - 1 : span.from() - 1;
    }
    return new TimeBounds(from, to);
  }

  public boolean contains(long nanos) {
    return nanos >= from && nanos <= to;
  }
}
