package io.levee.engine.sampling;

import io.levee.event.Event;
import io.levee.event.Level;
import java.time.Duration;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What events of one fingerprint must have in common for one to stand for the other: charts and
 * filters by these stay exact.
 *
 * @param day of the event's time, since the epoch; {@link #NOW} of those that happened just before
 *     they came in, whose weight is never far from where it belongs
 */
record Alike(Level level, @Nullable String environment, @Nullable String release, long day) {
  static final long NOW = Long.MIN_VALUE;

  /** Of what is over the number of runs. */
  static final Alike REST = new Alike(Level.ERROR, null, null, NOW + 1);

  private static final Duration LATE = Duration.ofMinutes(5);

  static Alike of(Event event) {
    boolean late = Duration.between(event.time(), event.received()).abs().compareTo(LATE) > 0;
    long day = late ? event.time().atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay() : NOW;
    return new Alike(event.level(), event.environment(), event.release(), day);
  }
}
