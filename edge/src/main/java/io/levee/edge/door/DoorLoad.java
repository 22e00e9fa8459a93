package io.levee.edge.door;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The calls that were let in and wait for a processor. When more come than the node can deal with,
 * these become many, and every answer late: then more are turned away. One who has few waiting is
 * let in for longer, so that whoever floods the door waits alone. A call that has begun counts no
 * more, however long its body takes to come. Thread-safe; never waits.
 */
public final class DoorLoad {
  /** One who has fewer than this part of all waiting is let in until twice as many wait. */
  private static final int FEW_PART = 32;

  private final int waitingMax;
  private final int few;
  private final AtomicInteger waiting = new AtomicInteger();
  private final ConcurrentHashMap<String, Integer> bySender = new ConcurrentHashMap<>();
  private final AtomicLong refusals = new AtomicLong();

  /**
   * @param waitingMax past so many waiting, only those are let in who have few of them
   */
  public DoorLoad(int waitingMax) {
    if (waitingMax < 1) {
      throw new IllegalArgumentException("waitingMax: " + waitingMax + " (expected: 1 or more)");
    }
    this.waitingMax = waitingMax;
    this.few = Math.max(2, waitingMax / FEW_PART);
  }

  /**
   * Lets one more wait, unless too many do; who was let in must {@link #begin}.
   *
   * @param sender whose it is
   */
  boolean enter(String sender) {
    int all = waiting.incrementAndGet();
    int own = bySender.merge(sender, 1, Integer::sum);
    if (all <= waitingMax || (own <= few && all <= 2 * waitingMax)) {
      return true;
    }
    begin(sender);
    refusals.incrementAndGet();
    return false;
  }

  /** One who waited has a processor now. */
  void begin(String sender) {
    waiting.decrementAndGet();
    bySender.computeIfPresent(sender, (ignored, own) -> own == 1 ? null : own - 1);
  }

  /** How many wait now. */
  public int waiting() {
    return waiting.get();
  }

  /** How many of one sender wait now. */
  int waiting(String sender) {
    return bySender.getOrDefault(sender, 0);
  }

  /** Past so many, calls are turned away. */
  public int waitingMax() {
    return waitingMax;
  }

  /** How many calls were turned away. */
  public long refusals() {
    return refusals.get();
  }
}
