package io.levee.spool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The segments in order, and how far the log is durable. For any thread; {@code add} and {@code
 * advance} for the writer.
 */
final class Segments {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile List<Segment> list;
  private volatile long durable;
  private volatile boolean shut;

  Segments(List<Segment> found, long nextOffset) {
    this.list = List.copyOf(found);
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

  /** The first offset that is kept; the next one if nothing is. */
  long oldest() {
    List<Segment> now = list;
    return now.isEmpty() ? durable : now.get(0).firstOffset();
  }

  long diskBytes() {
    long bytes = 0;
    for (Segment segment : list) {
      bytes += segment.fileBytes();
    }
    return bytes;
  }

  void add(Segment segment) {
    lock.lock();
    try {
      List<Segment> longer = new ArrayList<>(list);
      longer.add(segment);
      list = List.copyOf(longer);
    } finally {
      lock.unlock();
    }
  }

  void remove(Segment segment) {
    lock.lock();
    try {
      list = list.stream().filter(kept -> kept != segment).toList();
    } finally {
      lock.unlock();
    }
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
