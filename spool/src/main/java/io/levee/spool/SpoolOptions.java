package io.levee.spool;

import java.time.Duration;

/**
 * The limits of a spool.
 *
 * @param recordBytesMax payload bytes of one record
 * @param batchBytesMax bytes that one force covers, headers included; also the most that one append
 *     may bring. A batch takes what queued while the one before was forced and until {@code
 *     forceGap} was over, and waits for nothing else
 * @param segmentBytesMax bytes of a segment file, at which the next one is begun
 * @param queueBytesMax bytes waiting for the writer; over it, append refuses
 * @param diskBytesMax bytes of all segments; over it, append refuses
 * @param retainedBytesMin bytes of the newest segments that are kept though all readers have passed
 *     them
 * @param checkpointDelay how long a committed offset may wait until it is on the disk
 * @param mendDelay how often a spool that is read-only tries whether the disk works again
 * @param forceGap a force begins so long after the one before at the earliest, so that many callers
 *     share one; zero: at once. Who appends alone, one after the other, waits no longer than this
 */
public record SpoolOptions(
    int recordBytesMax,
    int batchBytesMax,
    long segmentBytesMax,
    long queueBytesMax,
    long diskBytesMax,
    long retainedBytesMin,
    Duration checkpointDelay,
    Duration mendDelay,
    Duration forceGap) {

  private static final long MEBIBYTE = 1L << 20;
  private static final Duration MEND_DELAY = Duration.ofSeconds(2);

  /** So that 6,000 callers a second are 2,000 forces and as many wakings, not 6,000. */
  private static final Duration SERVER_FORCE_GAP = Duration.ofNanos(500_000);

  /**
   * With the usual delay until a disk that failed is tried again, and a force as soon as there is
   * something to force.
   */
  public SpoolOptions(
      int recordBytesMax,
      int batchBytesMax,
      long segmentBytesMax,
      long queueBytesMax,
      long diskBytesMax,
      long retainedBytesMin,
      Duration checkpointDelay) {
    this(
        recordBytesMax,
        batchBytesMax,
        segmentBytesMax,
        queueBytesMax,
        diskBytesMax,
        retainedBytesMin,
        checkpointDelay,
        MEND_DELAY,
        Duration.ZERO);
  }

  /** Checks each limit against its bounds and against the others. */
  public SpoolOptions {
    check("recordBytesMax", recordBytesMax, 1, batchBytesMax - RecordCodec.HEADER_BYTES);
    check("batchBytesMax", batchBytesMax, 1 + RecordCodec.HEADER_BYTES, 1L << 30);
    check("segmentBytesMax", segmentBytesMax, batchBytesMax, 1L << 31);
    check("queueBytesMax", queueBytesMax, batchBytesMax, Long.MAX_VALUE);
    check("diskBytesMax", diskBytesMax, segmentBytesMax, Long.MAX_VALUE);
    check("retainedBytesMin", retainedBytesMin, 0, diskBytesMax);
    check("checkpointDelay (ms)", checkpointDelay.toMillis(), 10, Duration.ofHours(1).toMillis());
    check("mendDelay (ms)", mendDelay.toMillis(), 1, Duration.ofHours(1).toMillis());
    check("forceGap (ns)", forceGap.toNanos(), 0, Duration.ofSeconds(1).toNanos());
  }

  private static void check(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + ": " + value + " (expected: " + least + ".." + most + ")");
    }
  }

  /**
   * For a server: records to 2 MiB, batches to 8 MiB, segments to 128 MiB, a queue of 64 MiB, a
   * disk of 1 TiB.
   */
  public static SpoolOptions defaults() {
    return new SpoolOptions(
        (int) (2 * MEBIBYTE),
        (int) (8 * MEBIBYTE),
        128 * MEBIBYTE,
        64 * MEBIBYTE,
        MEBIBYTE * MEBIBYTE,
        0,
        Duration.ofSeconds(1),
        MEND_DELAY,
        SERVER_FORCE_GAP);
  }

  /** For a buffer inside somebody else's application: segments to 4 MiB, a queue of 4 MiB. */
  public static SpoolOptions small(long diskBytesMax) {
    return new SpoolOptions(
        (int) MEBIBYTE,
        (int) (2 * MEBIBYTE),
        4 * MEBIBYTE,
        4 * MEBIBYTE,
        diskBytesMax,
        0,
        Duration.ofSeconds(1));
  }

  /** The same with other bytes of a record and a batch. */
  public SpoolOptions withBatch(int recordBytes, int batchBytes) {
    return new SpoolOptions(
        recordBytes,
        batchBytes,
        segmentBytesMax,
        queueBytesMax,
        diskBytesMax,
        retainedBytesMin,
        checkpointDelay,
        mendDelay,
        forceGap);
  }

  /** The same with other bytes of a segment. */
  public SpoolOptions withSegmentBytesMax(long bytes) {
    return new SpoolOptions(
        recordBytesMax,
        batchBytesMax,
        bytes,
        queueBytesMax,
        diskBytesMax,
        retainedBytesMin,
        checkpointDelay,
        mendDelay,
        forceGap);
  }

  /** The same with other bytes of the queue. */
  public SpoolOptions withQueueBytesMax(long bytes) {
    return new SpoolOptions(
        recordBytesMax,
        batchBytesMax,
        segmentBytesMax,
        bytes,
        diskBytesMax,
        retainedBytesMin,
        checkpointDelay,
        mendDelay,
        forceGap);
  }

  /** The same with other bytes on the disk. */
  public SpoolOptions withDiskBytesMax(long bytes) {
    return new SpoolOptions(
        recordBytesMax,
        batchBytesMax,
        segmentBytesMax,
        queueBytesMax,
        bytes,
        retainedBytesMin,
        checkpointDelay,
        mendDelay,
        forceGap);
  }

  /** The same with other bytes kept behind the readers. */
  public SpoolOptions withRetainedBytesMin(long bytes) {
    return new SpoolOptions(
        recordBytesMax,
        batchBytesMax,
        segmentBytesMax,
        queueBytesMax,
        diskBytesMax,
        bytes,
        checkpointDelay,
        mendDelay,
        forceGap);
  }

  /** The same with another delay of checkpoints. */
  public SpoolOptions withCheckpointDelay(Duration delay) {
    return new SpoolOptions(
        recordBytesMax,
        batchBytesMax,
        segmentBytesMax,
        queueBytesMax,
        diskBytesMax,
        retainedBytesMin,
        delay,
        mendDelay,
        forceGap);
  }

  /** The same with another delay until a disk that failed is tried again. */
  public SpoolOptions withMendDelay(Duration delay) {
    return new SpoolOptions(
        recordBytesMax,
        batchBytesMax,
        segmentBytesMax,
        queueBytesMax,
        diskBytesMax,
        retainedBytesMin,
        checkpointDelay,
        delay,
        forceGap);
  }
}
