package io.levee.edge.net;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory all request bodies together may take, with what is decoded from them.
 * Thread-safe; never waits.
 */
public final class MemoryLedger {
  private final long bytesMax;
  private final AtomicLong reserved = new AtomicLong();
  private final AtomicLong refusals = new AtomicLong();

  public MemoryLedger(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** What may be reserved at most. */
  public long bytesMax() {
    return bytesMax;
  }

  /** Reserves; false, and nothing reserved, when there is no room. */
  boolean reserve(long bytes) {
    if (reserved.addAndGet(bytes) <= bytesMax) {
      return true;
    }
    reserved.addAndGet(-bytes);
    refusals.incrementAndGet();
    return false;
  }

  void release(long bytes) {
    reserved.addAndGet(-bytes);
  }

  /** Bytes that are reserved now. */
  public long reserved() {
    return reserved.get();
  }

  /** How often there was no room. */
  public long refusals() {
    return refusals.get();
  }
}
