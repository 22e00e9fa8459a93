package io.levee.spool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * The segments in order, and how far the log is durable. For any thread; {@code add} and {@code
 * advance} for the writer.
 */
final class Segments {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile List<Segment> list = List.of();

  /** Bytes of all files but the last, which grows. */
  private volatile long passedBytes;

  private volatile long durable;
  private volatile long ended;
  private volatile boolean shut;

  Segments(List<Segment> found, long nextOffset) {
    set(found);
    this.durable = nextOffset;
  }

  /** Offset after the last durable record. */
  long durable() {
    return durable;
  }

  /** As of now, oldest first. All but the last have reached their end. */
  List<Segment> list() {
    return list;
  }

  /** Says that the writer never comes back to any segment that ends here or before. */
  void endedAt(long offset) {
    ended = offset;
  }

  /** Whether the writer is done with a segment, be it the last. */
  boolean hasEnded(Segment segment) {
    return segment.nextOffset() <= ended;
  }

  /** Up to where segments were ended before they were full. */
  long ended() {
    return ended;
  }

  /** The first offset that is kept; the next one if nothing is. */
  long oldest() {
    List<Segment> now = list;
    return now.isEmpty() ? durable : now.get(0).firstOffset();
  }

  /** Bytes of all files. Cheap: asked with every append. */
  long diskBytes() {
    List<Segment> now = list;
    return passedBytes + (now.isEmpty() ? 0 : now.get(now.size() - 1).fileBytes());
  }

  void add(Segment segment) {
    change(longer -> {
      longer.add(segment);
      return longer;
    });
  }

  void remove(Segment segment) {
    change(shorter -> {
      shorter.remove(segment);
      return shorter;
    });
  }

  private void change(UnaryOperator<List<Segment>> change) {
    lock.lock();
    try {
      set(change.apply(new ArrayList<>(list)));
    } finally {
      lock.unlock();
    }
  }

  private void set(List<Segment> segments) {
    long bytes = 0;
    for (Segment segment : segments.subList(0, Math.max(0, segments.size() - 1))) {
      bytes += segment.fileBytes();
    }
    passedBytes = bytes;
    list = List.copyOf(segments);
  }

  /** Shows readers everything below an offset. */
  void advance(long nextOffset) {
    durable = nextOffset;
    if (waiting.get() > 0) {
      wake();
    }
  }

  private void wake() {
    lock.lock();
    try {
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends all waiting, now and later. */
  void shut() {
    shut = true;
    wake();
  }

  boolean isShut() {
    return shut;
  }

  /** Wakes those who wait to look again, because one of them was closed. */
  void nudge() {
    wake();
  }

  /**
   * Waits until there is something at or above an offset, at most so long and not when stopped;
   * returns the nanoseconds left.
   */
  long await(long offset, long nanos, BooleanSupplier stopped) throws InterruptedException {
    waiting.incrementAndGet();
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (left > 0 && durable <= offset && !shut && !stopped.getAsBoolean()) {
        left = grown.awaitNanos(left);
      }
      return left;
    } finally {
      lock.unlock();
      waiting.decrementAndGet();
    }
  }
}
