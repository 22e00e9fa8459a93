package io.levee.engine.pipeline;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/** Events per second over the last ten full seconds. Thread-safe. */
public final class RateMeter {
  private static final int SECONDS = 10;
  private static final int SLOTS = SECONDS + 2;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final LongSupplier nanoClock;
  private final long startNanos;
  private final AtomicLongArray counts = new AtomicLongArray(SLOTS);
  private final AtomicLongArray seconds = new AtomicLongArray(SLOTS);

  /**
   * @param nanoClock monotonic, as {@link System#nanoTime}
   */
  public RateMeter(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
  }

  public void count(long events) {
    long second = second();
    int slot = (int) (second % SLOTS);
    long seen = seconds.get(slot);
    if (seen != second && seconds.compareAndSet(slot, seen, second)) {
      counts.set(slot, 0);
    }
    counts.addAndGet(slot, events);
  }

  /** The mean over the full seconds that lie within the last ten. */
  public double perSecond() {
    long now = second();
    long sum = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      long age = now - seconds.get(slot);
      if (age >= 1 && age <= SECONDS) {
        sum += counts.get(slot);
      }
    }
    return (double) sum / Math.clamp(now - 1, 1, SECONDS);
  }

  /** Seconds since the start, from 1: 0 marks a slot that was never used. */
  private long second() {
    return 1 + (nanoClock.getAsLong() - startNanos) / NANOS_PER_SECOND;
  }
}
