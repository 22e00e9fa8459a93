package io.levee.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One of the independent readers of a spool. It has a position, where it reads on, and a committed
 * offset, below which everything is done; the latter survives restarts and holds back deletion. One
 * thread polls; all methods may be called from any thread.
 */
public final class SpoolReader implements Closeable {

  /** Polls kept in mind for the age of what is not committed; older ones are merged. */
  private static final int POLLS_MAX = 1024;

  /** A stretch of offsets handed out by one poll. */
  private record Polled(long nextOffset, long timeMillis) {}

  private final ReaderState state;
  private final Segments segments;
  private final Keeper keeper;
  private final LogReader log;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Polled> polled = new ArrayDeque<>();
  private volatile boolean closed;

  SpoolReader(ReaderState state, Segments segments, Keeper keeper, LogReader log) {
    this.state = state;
    this.segments = segments;
    this.keeper = keeper;
    this.log = log;
    log.seek(state.committed());
  }

  /** The name it was registered under. */
  public String name() {
    return state.name();
  }

  /**
   * Takes the next records in order and moves the position behind them. Waits for the first one;
   * the list is empty if none came in time, if the thread was interrupted (the flag stays up), or
   * if the spool or the reader was closed. At least one record is returned if there is one, however
   * large. Only durable records are seen.
   *
   * @throws SpoolException.Failed if the storage can't be read; the position stays
   */
  public List<SpoolRecord> poll(int recordsMax, long bytesMax, Duration timeout) {
    if (recordsMax < 1) {
      throw new IllegalArgumentException("recordsMax: " + recordsMax + " (expected: >= 1)");
    }
    long nanos = timeout.toNanos();
    while (true) {
      List<SpoolRecord> records = read(recordsMax, bytesMax);
      if (!records.isEmpty()
          || closed
          || nanos <= 0
          || segments.isShut()
          || Thread.currentThread().isInterrupted()) {
        return records;
      }
      try {
        nanos = segments.await(position(), nanos, () -> closed);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return List.of();
      }
    }
  }

  private List<SpoolRecord> read(int recordsMax, long bytesMax) {
    lock.lock();
    try {
      if (closed || segments.isShut() || Thread.currentThread().isInterrupted()) {
        return List.of();
      }
      List<SpoolRecord> records = new ArrayList<>();
      log.read(recordsMax, bytesMax, records);
      if (!records.isEmpty()) {
        note(records.get(0).timeMillis());
      }
      return records;
    } catch (ClosedByInterruptException e) {
      return List.of(); // the interrupt closed the file; it is opened again with the next poll
    } catch (IOException e) {
      throw new SpoolException.Failed(
          "reader " + name() + ": can't read at offset " + log.position() + ": " + e, e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves the position forward over records that the caller has got elsewhere, as if they had been
   * polled.
   *
   * @param nextOffset where to go on; one behind the position changes nothing
   * @param timeMillis when the first of them was appended, or a little earlier
   * @throws IllegalArgumentException if the offset is beyond the durable end of the log
   */
  public void skip(long nextOffset, long timeMillis) {
    lock.lock();
    try {
      if (nextOffset > segments.durable()) {
        throw new IllegalArgumentException(
            "skip: " + nextOffset + " (expected: <= " + segments.durable() + ")");
      }
      if (!closed && nextOffset > log.position()) {
        log.skip(nextOffset);
        note(timeMillis);
      }
    } finally {
      lock.unlock();
    }
  }

  private void note(long timeMillis) {
    if (polled.size() >= POLLS_MAX) {
      Polled first = polled.removeFirst();
      Polled second = polled.removeFirst();
      polled.addFirst(new Polled(second.nextOffset(), first.timeMillis()));
    }
    polled.addLast(new Polled(log.position(), timeMillis));
  }

  /** Offset of the next record that poll looks for. */
  public long position() {
    lock.lock();
    try {
      return log.position();
    } finally {
      lock.unlock();
    }
  }

  /** Everything below this is done. */
  public long committed() {
    return state.committed();
  }

  /**
   * Says that everything below an offset is done. Returns at once; it is on the disk after the
   * checkpoint delay, and a crash before that repeats records. An offset below the committed one
   * changes nothing.
   *
   * @throws IllegalArgumentException if the offset is beyond the durable end of the log
   */
  public void commit(long nextOffset) {
    lock.lock();
    try {
      long end =
          Math.max(
              segments.durable(), log.position()); // a record may be seen a moment before it counts
      if (nextOffset > end) {
        throw new IllegalArgumentException("commit: " + nextOffset + " (expected: <= " + end + ")");
      }
      if (closed || nextOffset <= state.committed()) {
        return;
      }
      state.committed(nextOffset);
      while (!polled.isEmpty() && polled.getFirst().nextOffset() <= nextOffset) {
        polled.removeFirst();
      }
    } finally {
      lock.unlock();
    }
    keeper.wake();
  }

  /**
   * Moves position and committed offset, for a consumer that stores its offset with its effect:
   * everything below is done, everything from there is held.
   *
   * @return where the reader stands: the offset, or the oldest kept one if that is later
   * @throws IllegalArgumentException if the offset is negative or beyond the durable end of the log
   */
  public long seek(long offset) {
    lock.lock();
    try {
      long end = Math.max(segments.durable(), log.position());
      if (offset < 0 || offset > end) {
        throw new IllegalArgumentException("seek: " + offset + " (expected: 0.." + end + ")");
      }
      refuseIfClosed();
      long to = keeper.seek(state, offset);
      log.seek(to);
      polled.clear();
      return to;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes the committed offset down now and deletes what no reader needs; failures show in the
   * stats and are retried.
   */
  public void flush() {
    refuseIfClosed();
    keeper.keep();
  }

  private void refuseIfClosed() {
    if (closed) {
      throw new SpoolException.Closed("reader " + name() + " is closed");
    }
  }

  /** What is durable and not committed. */
  public Lag lag() {
    long from = state.committed();
    long bytes = 0;
    for (Segment segment : segments.list()) {
      bytes += segment.bytesFrom(from);
    }
    return new Lag(Math.max(0, segments.durable() - from), bytes);
  }

  /**
   * How far a reader is behind.
   *
   * @param records offsets between the committed one and the end
   * @param bytes in files; within a segment an estimate that takes records to be of equal size
   */
  public record Lag(long records, long bytes) {}

  /**
   * When the oldest record that is not committed was appended, or a little earlier: records polled
   * together share the time of their first. Empty if everything is done. May read from the disk.
   *
   * @throws SpoolException.Failed if the storage can't be read
   */
  public Optional<Instant> oldestPending() {
    lock.lock();
    try {
      if (closed) {
        return Optional.empty();
      }
      if (!polled.isEmpty()) {
        return Optional.of(Instant.ofEpochMilli(polled.getFirst().timeMillis()));
      }
      return log.peek().map(record -> Instant.ofEpochMilli(record.timeMillis()));
    } catch (ClosedByInterruptException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new SpoolException.Failed(
          "reader " + name() + ": can't read at offset " + log.position() + ": " + e, e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends polling and gives the name free; what was committed stays, and goes on holding back
   * deletion. Idempotent.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      state.close();
      log.close();
    } finally {
      lock.unlock();
    }
    segments.nudge();
  }
}
