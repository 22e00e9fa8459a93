package io.levee.local.bus;

import io.levee.engine.bus.Delivery;
import io.levee.event.EventRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The records that were appended or read last, by their offset: groups that keep up need not read
 * them back from the disk, and one of them need take a record apart. Bounded by number and bytes;
 * never knows more than what is durable. Thread-safe, without locks: when two put at once, one
 * record more is read and taken apart later.
 */
final class RecentDeliveries {
  /** A power of two; so many that records of the usual size fill the bytes, and leave no gaps. */
  private static final int SLOTS = 2_048;

  private final int partition;
  private final AtomicReferenceArray<@Nullable Kept> slots = new AtomicReferenceArray<>(SLOTS);
  private final AtomicLong bytes = new AtomicLong();
  private final long bytesMax;

  /**
   * @param partition that of all deliveries
   * @param bytesMax of the records that are kept
   */
  RecentDeliveries(int partition, long bytesMax) {
    this.partition = partition;
    this.bytesMax = bytesMax;
  }

  /**
   * A record as it was appended, until the first group has it taken apart. Groups get what comes of
   * the bytes, never the object that was published: a header carries less than that may hold.
   */
  private static final class Kept {
    final long offset;
    final int bytes;
    private volatile byte @Nullable [] encoded;
    private volatile @Nullable Delivery delivery;

    Kept(long offset, byte[] encoded) {
      this.offset = offset;
      this.bytes = encoded.length;
      this.encoded = encoded;
    }

    Kept(Delivery delivery) {
      this.offset = delivery.offset();
      this.bytes = delivery.record().body().length;
      this.delivery = delivery;
    }

    /** The record taken apart. */
    @Nullable Delivery delivery(int partition) {
      byte[] raw = encoded; // first: it goes when the delivery is there
      Delivery known = delivery;
      if (known == null && raw != null) {
        known = new Delivery(partition, offset, EventRecord.decode(raw));
        delivery = known;
        encoded = null;
      }
      return known;
    }
  }

  /** The record at an offset; null when it is not kept. */
  @Nullable Delivery at(long offset) {
    Kept kept = slots.get(slot(offset));
    return kept != null && kept.offset == offset ? kept.delivery(partition) : null;
  }

  /**
   * The records from an offset on without a gap; none when the first isn't kept.
   *
   * @param bytesMax of all bodies together; the first is given though it alone has more
   */
  List<Delivery> from(long offset, int recordsMax, long bytesMax) {
    List<Delivery> run = new ArrayList<>();
    long room = bytesMax;
    Delivery next = at(offset);
    while (next != null && run.size() < recordsMax) {
      room -= next.record().body().length;
      if (room < 0 && !run.isEmpty()) {
        break;
      }
      run.add(next);
      next = at(offset + run.size());
    }
    return run;
  }

  /**
   * Keeps the bytes of a record, which never change again, unless a later one stands in its place,
   * which is needed for longer, or there is no room.
   */
  void keep(long offset, byte[] encoded) {
    keep(new Kept(offset, encoded));
  }

  /** The same of one that was taken apart. */
  void keep(Delivery delivery) {
    keep(new Kept(delivery));
  }

  private void keep(Kept record) {
    int slot = slot(record.offset);
    Kept before = slots.get(slot);
    if (before != null && before.offset >= record.offset) {
      return;
    }
    long more = record.bytes - size(before);
    boolean fits = bytes.get() + more <= bytesMax;
    Kept next = fits ? record : null;
    if (slots.compareAndSet(slot, before, next)) {
      bytes.addAndGet(fits ? more : -size(before));
    }
  }

  /** Lets go of what lies before an offset. */
  void forget(long before) {
    for (int slot = 0; slot < SLOTS; slot++) {
      Kept kept = slots.get(slot);
      if (kept != null && kept.offset < before && slots.compareAndSet(slot, kept, null)) {
        bytes.addAndGet(-kept.bytes);
      }
    }
  }

  private static int slot(long offset) {
    return (int) (offset & (SLOTS - 1));
  }

  private static long size(@Nullable Kept kept) {
    return kept == null ? 0 : kept.bytes;
  }
}
