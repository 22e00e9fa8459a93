package io.levee.engine.query.pipe;

import java.util.concurrent.atomic.AtomicLong;

/** How many rows, groups and values all running questions together may hold. Thread-safe. */
public final class Room {
  private final AtomicLong left;
  private final long most;

  public Room(long rowsMax) {
    this.left = new AtomicLong(rowsMax);
    this.most = rowsMax;
  }

  long most() {
    return most;
  }

  boolean take(long rows) {
    if (left.addAndGet(-rows) < 0) {
      left.addAndGet(rows);
      return false;
    }
    return true;
  }

  void give(long rows) {
    left.addAndGet(rows);
  }
}
