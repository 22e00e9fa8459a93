package io.levee.local.bus;

import io.levee.engine.bus.Delivery;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The records that were taken apart last, by their offset: groups that keep up with each other read
 * the same ones within a moment, and one of them need do the work. Bounded by number and bytes;
 * never knows more than what was read from the spool. Thread-safe, without locks: when two put at
 * once, one record more is taken apart later.
 */
final class RecentDeliveries {
  /** A power of two. */
  private static final int SLOTS = 4_096;

  private final AtomicReferenceArray<@Nullable Delivery> slots = new AtomicReferenceArray<>(SLOTS);
  private final AtomicLong bytes = new AtomicLong();
  private final long bytesMax;

  /**
   * @param bytesMax of the bodies that are kept
   */
  RecentDeliveries(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** The record at an offset; null when it is not kept. */
  @Nullable Delivery at(long offset) {
    Delivery kept = slots.get(slot(offset));
    return kept != null && kept.offset() == offset ? kept : null;
  }

  /**
   * Keeps a record, unless a later one stands in its place, which is needed for longer, or there is
   * no room.
   */
  void keep(Delivery delivery) {
    int slot = slot(delivery.offset());
    Delivery before = slots.get(slot);
    if (before != null && before.offset() >= delivery.offset()) {
      return;
    }
    long more = size(delivery) - size(before);
    boolean fits = bytes.get() + more <= bytesMax;
    Delivery next = fits ? delivery : null;
    if (slots.compareAndSet(slot, before, next)) {
      bytes.addAndGet(fits ? more : -size(before));
    }
  }

  /** Lets go of what lies before an offset. */
  void forget(long before) {
    for (int slot = 0; slot < SLOTS; slot++) {
      Delivery kept = slots.get(slot);
      if (kept != null && kept.offset() < before && slots.compareAndSet(slot, kept, null)) {
        bytes.addAndGet(-size(kept));
      }
    }
  }

  private static int slot(long offset) {
    return (int) (offset & (SLOTS - 1));
  }

  private static long size(@Nullable Delivery delivery) {
    return delivery == null ? 0 : delivery.record().body().length;
  }
}
