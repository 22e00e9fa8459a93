package io.levee.spool;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One call that waits for its records to become durable; a barrier if it has none. */
final class Append {

  private final List<ByteBuffer> records;
  private final long bytes;
  private final Thread caller = Thread.currentThread();
  private long firstOffset = -1;
  private @Nullable SpoolException failure;
  private volatile boolean settled;

  Append(List<ByteBuffer> records, long bytes) {
    this.records = records;
    this.bytes = bytes;
  }

  List<ByteBuffer> records() {
    return records;
  }

  /** Bytes it takes in the file. */
  long bytes() {
    return bytes;
  }

  void firstOffset(long offset) {
    firstOffset = offset;
  }

  void succeed() {
    settled = true;
    LockSupport.unpark(caller);
  }

  /** Does nothing if it is settled. */
  void fail(SpoolException reason) {
    if (settled) {
      return;
    }
    failure = reason;
    settled = true;
    LockSupport.unpark(caller);
  }

  /**
   * Waits and returns the first offset. An interrupt does not end the wait, since the records could
   * not be taken back; the flag is up again afterwards.
   */
  long await() {
    boolean interrupted = false;
    while (!settled) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    SpoolException reason = failure;
    if (reason instanceof SpoolException.Failed) {
      throw new SpoolException.Failed(
          String.valueOf(reason.getMessage()), reason); // with the caller's trace
    }
    if (reason != null) {
      throw reason;
    }
    return firstOffset;
  }
}
