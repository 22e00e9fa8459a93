package io.levee.bench;

import java.time.Duration;

/**
 * When each request of an open-loop load is due: slot i at start + i / rate, whatever became of the
 * slots before it.
 *
 * @param startNanos on the clock of {@link System#nanoTime}
 * @param perSecond requests
 * @param slots how many there are
 */
record SlotSchedule(long startNanos, double perSecond, long slots) {
  private static final double NANOS_PER_SECOND = 1e9;

  SlotSchedule {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("rate: " + perSecond + " (expected: more than 0)");
    }
    if (slots < 1) {
      throw new IllegalArgumentException("slots: " + slots + " (expected: at least 1)");
    }
  }

  /** As many slots as fall into a length of time. */
  static SlotSchedule lasting(long startNanos, double perSecond, Duration length) {
    long slots = Math.round(perSecond * length.toNanos() / NANOS_PER_SECOND);
    return new SlotSchedule(startNanos, perSecond, Math.max(1, slots));
  }

  /** When a slot is due. */
  long dueNanos(long slot) {
    return startNanos + (long) (slot * (NANOS_PER_SECOND / perSecond));
  }

  /** How many slots have come due at a moment. */
  long dueAt(long nanos) {
    double due = (nanos - startNanos) * (perSecond / NANOS_PER_SECOND);
    return Math.clamp((long) Math.ceil(due), 0, slots);
  }

  /** When the slot after the last would be due. */
  long endNanos() {
    return dueNanos(slots);
  }
}
