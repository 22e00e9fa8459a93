package io.levee.engine.bus;

import java.time.Duration;
import java.util.List;

/** One group's way through the bus. Used by one thread at a time. */
public interface BusConsumer extends AutoCloseable {
  /**
   * The next records, in order of offset within each partition; waits when there are none yet.
   *
   * @param recordsMax 1 or more
   * @param bytesMax a batch ends before it passes this many bytes, but holds at least one record
   * @return empty after waiting in vain
   */
  List<Delivery> poll(int recordsMax, long bytesMax, Duration wait) throws InterruptedException;

  /**
   * Where a group stands that has dealt with everything before these positions and was handed out
   * nothing by the last poll: further on, when what lies there can't be read any more. Without
   * this, a group would wait for ever for records that were lost at the end of the bus.
   */
  default Positions passed(Positions dealtWith) {
    return dealtWith;
  }

  /**
   * Tells that everything before these positions has had its durable effect and need not be kept
   * for this group.
   */
  void commit(Positions next);

  /**
   * Goes to other positions; what lies there may be read again. Positions that are no longer kept
   * move to the oldest kept.
   */
  void seek(Positions next);

  /** Leaves; the group is remembered. Idempotent. */
  @Override
  void close();
}
