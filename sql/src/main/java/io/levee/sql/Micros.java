package io.levee.sql;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the tables keep them: microseconds since the epoch. */
final class Micros {
  static final long A_MINUTE = 60_000_000L;
  static final long AN_HOUR = 60 * A_MINUTE;

  private Micros() {}

  static long of(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** The number of the hour that a moment lies in. */
  static long hour(long micros) {
    return Math.floorDiv(micros, AN_HOUR);
  }

  /** The number of the minute that a moment lies in. */
  static long minute(Instant time) {
    return Math.floorDiv(of(time), A_MINUTE);
  }

  /** The number of the first whole minute at or after a moment. */
  static long minuteAtOrAfter(Instant time) {
    return Math.ceilDiv(of(time), A_MINUTE);
  }
}
