package io.levee.engine.query;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of event time.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record TimeRange(Instant from, Instant to) {
  public TimeRange {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException(
          "time range: " + from + " to " + to + " (expected: from before to)");
    }
  }

  /** The stretch of this length that ends at a moment. */
  public static TimeRange before(Instant to, Duration length) {
    return new TimeRange(to.minus(length), to);
  }

  public boolean contains(Instant time) {
    return !time.isBefore(from) && time.isBefore(to);
  }

  public Duration length() {
    return Duration.between(from, to);
  }
}
