package io.levee.engine.ask;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread that reads for a question beside the one who asks, as long as it has a processor for
 * itself: where others work, above all those that take events in, it leaves.
 */
final class SecondReader {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Of the time that it wants a processor it must have one for this part. */
  private static final double SHARE_MIN = 0.7;

  /** So many pieces in a row without it: one alone may have met a collection of garbage. */
  private static final int CROWDED_MAX = 2;

  private final BooleanSupplier piece;
  private final LongSupplier nanoTime;
  private final Runnable atEnd;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile long events;
  private volatile @Nullable RuntimeException failure;

  /**
   * @param piece reads one more piece; false when there is none
   * @param atEnd called once, from the thread
   */
  SecondReader(BooleanSupplier piece, LongSupplier nanoTime, Runnable atEnd) {
    this.piece = piece;
    this.nanoTime = nanoTime;
    this.atEnd = atEnd;
  }

  void start(ThreadFactory threads) {
    Thread thread = threads.newThread(this::run);
    thread.setName("levee-question");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      boolean more = true;
      int crowded = 0;
      while (more && crowded < CROWDED_MAX) {
        long begunNanos = nanoTime.getAsLong();
        long begunCpu = THREADS.getCurrentThreadCpuTime();
        more = piece.getAsBoolean();
        long cpu = THREADS.getCurrentThreadCpuTime() - begunCpu;
        boolean alone = cpu >= SHARE_MIN * (nanoTime.getAsLong() - begunNanos);
        crowded = alone ? 0 : crowded + 1;
      }
    } catch (RuntimeException e) {
      failure = e; // For the one who asks.
    } catch (StackOverflowError | OutOfMemoryError e) { // Or the answer would pass for whole.
      failure = new IllegalStateException("the second reader ended: " + e, e);
    } finally {
      atEnd.run();
      done.countDown();
    }
  }

  /** To be called by the thread itself, for each event. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // Written by this thread alone.
  void count() {
    events++;
  }

  /** How many events it read so far. */
  long events() {
    return events;
  }

  /** What made it end; null when nothing did. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  /**
   * Waits until it has ended.
   *
   * @param meanwhile called now and then
   */
  void await(Runnable meanwhile) {
    boolean interrupted = false;
    while (done.getCount() > 0) {
      try {
        if (!done.await(20, TimeUnit.MILLISECONDS)) {
          meanwhile.run();
        }
      } catch (InterruptedException e) {
        interrupted = true;
        meanwhile.run();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
