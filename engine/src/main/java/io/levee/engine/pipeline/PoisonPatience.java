package io.levee.engine.pipeline;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a loop may wait between attempts at events that it can't deal with, all of them
 * together: a fifth of the time. When many events fail at once they are still tried as often, but
 * without waits, so that the rest flows on. Used by one thread.
 */
final class PoisonPatience {
  private static final long SHARE = 5;

  private final long atOnceNanos;
  private final LongSupplier nanoClock;
  private long spentNanos;
  private long lookedNanos;

  /**
   * @param atOnce what may be waited in one go after a quiet time
   */
  PoisonPatience(Duration atOnce, LongSupplier nanoClock) {
    this.atOnceNanos = atOnce.toNanos();
    this.nanoClock = nanoClock;
    this.lookedNanos = nanoClock.getAsLong();
  }

  /** The wait, or nothing when it would be too much with what was waited lately. */
  Duration grant(Duration wait) {
    long now = nanoClock.getAsLong();
    spentNanos = Math.max(0, spentNanos - (now - lookedNanos) / SHARE);
    lookedNanos = now;
    return spentNanos + wait.toNanos() > atOnceNanos ? Duration.ZERO : wait;
  }

  /** The wait granted last is over; counts what it really took, which may be much more. */
  void waited() {
    long now = nanoClock.getAsLong();
    spentNanos += now - lookedNanos;
    lookedNanos = now;
  }
}
