package io.levee.engine.accept;

import io.levee.engine.measure.UsageStore.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was used in the calendar hour or month, UTC, that is now; the next one begins with nothing.
 * Thread-safe.
 */
final class Quota {
  private final ChronoUnit unit;
  private volatile Period period;

  private record Period(Instant end, AtomicLong events, AtomicLong bytes) {}

  /**
   * @param unit HOURS or MONTHS
   * @param used so far in the one that is now
   */
  Quota(ChronoUnit unit, Instant now, Usage used) {
    this.unit = unit;
    this.period =
        new Period(end(unit, now), new AtomicLong(used.events()), new AtomicLong(used.bytes()));
  }

  /** When the hour or month that a moment lies in began. */
  static Instant start(ChronoUnit unit, Instant now) {
    if (unit == ChronoUnit.HOURS) {
      return now.truncatedTo(ChronoUnit.HOURS);
    }
    ZonedDateTime day = now.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
    return day.withDayOfMonth(1).toInstant();
  }

  private static Instant end(ChronoUnit unit, Instant now) {
    return start(unit, now).atZone(ZoneOffset.UTC).plus(1, unit).toInstant();
  }

  long events(Instant now) {
    return current(now).events().get();
  }

  long bytes(Instant now) {
    return current(now).bytes().get();
  }

  Duration left(Instant now) {
    return Duration.between(now, current(now).end());
  }

  void add(Instant now, long events, long bytes) {
    Period current = current(now);
    current.events().addAndGet(events);
    current.bytes().addAndGet(bytes);
  }

  private Period current(Instant now) {
    Period seen = period;
    return now.isBefore(seen.end()) ? seen : next(now);
  }

  private synchronized Period next(Instant now) {
    if (!now.isBefore(period.end())) {
      period = new Period(end(unit, now), new AtomicLong(), new AtomicLong());
    }
    return period;
  }
}
