package io.levee.engine.pipeline;

import io.levee.engine.bus.Positions;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What others want of a loop: that it stands still, goes on, or ends. Others ask from any thread;
 * the loop's thread looks now and then, and is woken where it waits.
 */
final class LoopRequests {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Positions pauseTarget;
  private boolean held;
  private @Nullable Positions resumeFrom;
  private volatile boolean closing;

  /** Asks it to stand at these positions. */
  void pauseAt(Positions target) {
    locked(() -> pauseTarget = target);
  }

  /** Asks it to stand still at once, wherever it is. */
  void hold() {
    locked(() -> held = true);
  }

  /** Takes both back; it goes on from other positions if there are some. */
  void resume(@Nullable Positions from) {
    locked(() -> {
      pauseTarget = null;
      held = false;
      resumeFrom = from;
    });
  }

  void close() {
    locked(() -> closing = true);
  }

  boolean closing() {
    return closing;
  }

  boolean held() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }

  @Nullable Positions pauseTarget() {
    lock.lock();
    try {
      return pauseTarget;
    } finally {
      lock.unlock();
    }
  }

  /** Tells those who wait that they may look again. */
  void changed() {
    locked(() -> {});
  }

  /** Waits until something is so; false when it was not in time. */
  boolean await(BooleanSupplier condition, Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (!condition.getAsBoolean()) {
        if (nanos <= 0) {
          return false;
        }
        nanos = changed.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The loop's thread waits, but not longer than until it is to stand still or end. */
  void pause(Duration wait) throws InterruptedException {
    boolean ignored = await(() -> closing || held, wait);
  }

  /**
   * The loop's thread stands still until it may go on.
   *
   * @param reached positions that it stands at
   * @return where it goes on; null for where it stands
   */
  @Nullable Positions standStill(Positions reached) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closing && (held || (pauseTarget != null && reached.reached(pauseTarget)))) {
        changed.await();
      }
      Positions from = resumeFrom;
      resumeFrom = null;
      return from;
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
