package io.levee.spool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The queue in front of the writer, and the writer thread's loop: take what queued, write it, force
 * it, answer. Callers share nothing but a lock-free queue and a counter of bytes.
 */
final class WriteLoop implements Runnable {

  private static final int FAILURES_IN_A_ROW_MAX = 2;

  private final SpoolOptions options;
  private final SegmentWriter writer;
  private final WriteCounters counters;
  private final ConcurrentLinkedQueue<Append> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong queuedBytes = new AtomicLong();

  /** The appends of the batch at hand; the writer thread's. */
  private final List<Append> gathered = new ArrayList<>();

  private long begunNanos = System.nanoTime();
  private int failuresInARow;
  private long triedNanos;
  private volatile @Nullable Thread thread;
  private volatile boolean parked;
  private volatile boolean rolling;
  private volatile boolean closing;
  private volatile boolean ended;
  private volatile @Nullable String readOnlyReason;

  WriteLoop(SpoolOptions options, SegmentWriter writer, WriteCounters counters) {
    this.options = options;
    this.writer = writer;
    this.counters = counters;
  }

  /**
   * Queues and waits. Throws at once, having taken nothing, when closed, read-only or over
   * capacity.
   */
  long append(Append append) {
    refuseUnlessOpen();
    if (queuedBytes.addAndGet(append.bytes()) > options.queueBytesMax()) {
      long queued = queuedBytes.addAndGet(-append.bytes());
      counters.refused.increment();
      throw new SpoolException.OverCapacity(
          "queued bytes: "
              + queued
              + " + "
              + append.bytes()
              + " (expected: <= "
              + options.queueBytesMax()
              + ")");
    }
    queue.add(append);
    if (parked) {
      LockSupport.unpark(thread);
    }
    if (ended && queue.remove(append)) {
      // It came when the thread had already looked for the last time.
      queuedBytes.addAndGet(-append.bytes());
      throw new SpoolException.Closed("spool is closed");
    }
    return append.await();
  }

  /** Ends the open segment and returns when the next record will go to a new one. */
  void roll() {
    rolling = true;
    append(new Append(List.of(), 0));
  }

  private void refuseUnlessOpen() {
    String reason = readOnlyReason;
    if (reason != null) {
      throw new SpoolException.ReadOnly(reason);
    }
    if (closing) {
      throw new SpoolException.Closed("spool is closed");
    }
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    try {
      while (!closing || !queue.isEmpty()) {
        if (readOnlyReason != null) {
          tryToMend();
        }
        if (queue.isEmpty()) {
          park();
        } else {
          keepGap();
          write(gather());
        }
      }
    } catch (RuntimeException | Error e) { // a bug, or no memory even to gather a batch
      readOnlyReason = "the writer stopped, a restart is needed: " + e;
      throw e;
    } finally {
      end();
    }
  }

  /** Lets more queue, if the last batch was begun only just; nobody needs to wake us meanwhile. */
  private void keepGap() {
    long left = begunNanos + options.forceGap().toNanos() - System.nanoTime();
    if (left > 0 && !closing) {
      LockSupport.parkNanos(this, left);
    }
    begunNanos = System.nanoTime();
  }

  /** Answers everybody who waits: nobody will do so later. */
  private void end() {
    ended = true;
    String reason = readOnlyReason;
    SpoolException failure =
        reason == null
            ? new SpoolException.Closed("spool is closed")
            : new SpoolException.ReadOnly(reason);
    gathered.forEach(append -> append.fail(failure));
    for (Append late = queue.poll(); late != null; late = queue.poll()) {
      late.fail(failure);
    }
  }

  private void park() {
    parked = true;
    if (queue.isEmpty() && !closing) {
      if (readOnlyReason == null) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, options.mendDelay().toNanos());
      }
    }
    parked = false;
  }

  /**
   * Tries now and then whether the disk can be written again: with a file of its own, never with
   * one that has failed. The next batch begins a new segment; should that fail, it is read-only
   * again at once.
   */
  private void tryToMend() {
    long now = System.nanoTime();
    if (now - triedNanos < options.mendDelay().toNanos()) {
      return;
    }
    triedNanos = now;
    try {
      writer.tryDisk();
      failuresInARow = FAILURES_IN_A_ROW_MAX - 1;
      readOnlyReason = null;
    } catch (IOException | RuntimeException e) {
      readOnlyReason = readOnly("a trial failed with: " + e);
    }
  }

  private static String readOnly(String why) {
    return why + "; it is tried again every few seconds, and goes on when the disk works";
  }

  private Batch gather() {
    int records = 0;
    long bytes = 0;
    for (Append next = queue.peek(); next != null; next = queue.peek()) {
      if (bytes + next.bytes() > options.batchBytesMax()) {
        break;
      }
      gathered.add(next);
      queue.remove();
      records += next.records().size();
      bytes += next.bytes();
    }
    return new Batch(gathered, records, bytes);
  }

  private void write(Batch batch) {
    String reason = readOnlyReason;
    if (reason != null) {
      settle(batch, new SpoolException.ReadOnly(reason));
      return;
    }
    if (rolling) {
      rolling = false;
      writer.roll();
    }
    if (batch.records() == 0) {
      settle(batch, null); // barriers alone: everything before is forced
      return;
    }
    SpoolException failure = null;
    try {
      writer.write(batch);
      counters.wrote(batch);
      failuresInARow = 0;
    } catch (IOException | RuntimeException e) {
      failure = failed(e, 1);
    } catch (Error e) {
      // Out of memory, most likely: answer those who wait, and stop rather than go on wrong.
      failure = failed(e, FAILURES_IN_A_ROW_MAX);
    }
    settle(batch, failure);
  }

  private SpoolException failed(Throwable cause, int weight) {
    writer.abandon(cause);
    counters.failures.incrementAndGet();
    failuresInARow += weight;
    if (failuresInARow >= FAILURES_IN_A_ROW_MAX) {
      triedNanos = System.nanoTime();
      readOnlyReason =
          readOnly(failuresInARow + " writes in a row failed, the last with: " + cause);
    }
    return new SpoolException.Failed(
        "append: not durable, since the write failed: " + cause, cause);
  }

  private void settle(Batch batch, @Nullable SpoolException failure) {
    queuedBytes.addAndGet(-batch.bytes());
    if (failure == null) {
      batch.succeed();
    } else {
      batch.fail(failure);
    }
    gathered.clear();
  }

  /** Lets the loop end once the queue is empty. */
  void close() {
    closing = true;
    LockSupport.unpark(thread);
  }

  long queuedBytes() {
    return queuedBytes.get();
  }

  Optional<String> readOnlyReason() {
    return Optional.ofNullable(readOnlyReason);
  }
}
