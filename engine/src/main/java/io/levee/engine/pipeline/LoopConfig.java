package io.levee.engine.pipeline;

import java.time.Duration;

/**
 * How a subscriber is driven.
 *
 * @param batchRecordsMax records a batch
 * @param batchBytesMax bytes a batch, headers included
 * @param gather batches that are not full are at least this far apart: a transaction for a few
 *     events costs nearly as much as one for thousands
 * @param flushEvery effects are made durable at least this often
 * @param flushBytes … and whenever this many bytes were applied since the last time
 * @param attemptsMax how often an event that makes the subscriber fail is tried before it is set
 *     aside
 * @param backoffFirst the wait after the first failure; doubles with each
 * @param backoffMax the longest wait
 * @param patience how long somebody waits for a loop that has no time: to stand still for a
 *     rebuild, to deliver letters again
 */
public record LoopConfig(
    int batchRecordsMax,
    long batchBytesMax,
    Duration gather,
    Duration flushEvery,
    long flushBytes,
    int attemptsMax,
    Duration backoffFirst,
    Duration backoffMax,
    Duration patience) {
  /** For stores whose apply is durable by itself. */
  public static final LoopConfig DEFAULT =
      new LoopConfig(
          5_000,
          8 << 20,
          Duration.ofMillis(200),
          Duration.ofSeconds(1),
          64 << 20,
          5,
          Duration.ofMillis(50),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20));

  public LoopConfig {
    if (batchRecordsMax < 1) {
      throw new IllegalArgumentException(
          "batchRecordsMax: " + batchRecordsMax + " (expected: 1 or more)");
    }
    if (attemptsMax < 1) {
      throw new IllegalArgumentException("attemptsMax: " + attemptsMax + " (expected: 1 or more)");
    }
  }

  /** The same, with other flush limits. */
  public LoopConfig withFlush(Duration every, long bytes) {
    return new LoopConfig(
        batchRecordsMax,
        batchBytesMax,
        gather,
        every,
        bytes,
        attemptsMax,
        backoffFirst,
        backoffMax,
        patience);
  }

  /** The same, with other sizes of a batch. */
  public LoopConfig withBatchRecords(int recordsMax) {
    return new LoopConfig(
        recordsMax,
        batchBytesMax,
        gather,
        flushEvery,
        flushBytes,
        attemptsMax,
        backoffFirst,
        backoffMax,
        patience);
  }
}
