package io.levee.engine.accept;

import io.levee.event.Event;
import io.levee.event.Mark;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Takes no client's clock on trust. An event that claims to come from further ahead than the
 * tolerance, or from longer ago than the oldest age, gets the time at which we received it: that is
 * the one time we know to be true. The claimed time stays as the detail of a CLAMPED mark on {@code
 * time}.
 *
 * <p>The oldest age should not be above the retention, or events would be dropped on arrival.
 * Thread-safe.
 */
public final class ClampTimes implements AcceptStep {
  /** How far ahead of ours a client's clock may run. */
  public static final Duration AHEAD_DEFAULT = Duration.ofMinutes(5);

  /** How old an event may be that a client kept while it was offline. */
  public static final Duration AGE_DEFAULT = Duration.ofDays(90);

  private final Clock clock;
  private final Duration aheadMax;
  private final Duration ageMax;

  /** Clamps to {@link #AHEAD_DEFAULT} and {@link #AGE_DEFAULT}. */
  public ClampTimes(Clock clock) {
    this(clock, AHEAD_DEFAULT, AGE_DEFAULT);
  }

  /**
   * @param clock the door's own
   * @param aheadMax how far in the future an event may claim to be
   * @param ageMax how far in the past an event may claim to be
   * @throws IllegalArgumentException when a duration is negative
   */
  public ClampTimes(Clock clock, Duration aheadMax, Duration ageMax) {
    if (aheadMax.isNegative() || ageMax.isNegative()) {
      throw new IllegalArgumentException(
          "aheadMax: " + aheadMax + ", ageMax: " + ageMax + " (expected: not negative)");
    }
    this.clock = clock;
    this.aheadMax = aheadMax;
    this.ageMax = ageMax;
  }

  @Override
  public Event apply(Event event) {
    Instant now = clock.instant();
    Instant claimed = event.time();
    if (!claimed.isAfter(now.plus(aheadMax)) && !claimed.isBefore(now.minus(ageMax))) {
      return event;
    }
    return event.toBuilder()
        .time(event.received())
        .mark(new Mark("time", Mark.Change.CLAMPED, claimed.toString()))
        .build();
  }
}
