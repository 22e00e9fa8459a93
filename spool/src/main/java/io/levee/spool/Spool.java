package io.levee.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * A durable log in a folder. What {@link #append} returned for is on the disk; readers get it in
 * order, at least once, until all of them have committed past it. Every method may be called from
 * any number of threads, virtual ones too.
 */
public final class Spool implements Closeable {

  /** Whether it takes records. */
  public enum State {
    /** Takes records. */
    OPEN,
    /**
     * Two writes in a row failed: can be read, takes nothing. Tries every few seconds whether the
     * disk works again, and goes on with a new segment when it does.
     */
    READ_ONLY,
    /** Closed. */
    CLOSED
  }

  /** Time and chance, passed in. */
  record Sources(Clock clock, RandomGenerator random) {}

  private final SpoolOptions options;
  private final Storage storage;
  private final Closeable folderLock;
  private final Segments segments;
  private final Quarantine quarantine;
  private final Keeper keeper;
  private final SegmentWriter writer;
  private final WriteLoop loop;
  private final WriteCounters counters;
  private final LongAdder keeperFailures;
  private final Thread writerThread;
  private final Thread keeperThread;
  private final ReentrantLock closeLock = new ReentrantLock();
  private volatile boolean closed;

  /** What recovery brings up: all but the writer. */
  private record Recovered(
      Segments segments,
      Quarantine quarantine,
      Keeper keeper,
      LongAdder keeperFailures,
      long generation) {}

  private Spool(
      SpoolOptions options,
      Storage storage,
      Sources sources,
      Closeable folderLock,
      Recovered recovered) {
    this.options = options;
    this.storage = storage;
    this.folderLock = folderLock;
    this.segments = recovered.segments();
    this.quarantine = recovered.quarantine();
    this.keeper = recovered.keeper();
    this.keeperFailures = recovered.keeperFailures();
    this.counters = new WriteCounters();
    this.writer =
        new SegmentWriter(storage, segments, options, sources, counters, recovered.generation());
    this.loop = new WriteLoop(options, writer, counters);
    this.writerThread = new Thread(loop, "spool-writer");
    this.keeperThread = new Thread(keeper, "spool-keeper");
  }

  /**
   * Opens the log in a folder, creating it if needed: recovers what is there and starts the
   * threads.
   *
   * @throws SpoolException.AlreadyOpen if somebody else has it open
   * @throws SpoolException.Corrupt if it was written by a version that this one can't read
   * @throws SpoolException.Failed if the storage fails; nothing is changed by that
   */
  public static Spool open(Path folder, SpoolOptions options) {
    return open(new FileStorage(folder), options);
  }

  /** The same on any storage. */
  public static Spool open(Storage storage, SpoolOptions options) {
    return open(storage, options, Clock.systemUTC(), new SecureRandom());
  }

  /** The same with the clock that dates the records, and the source of the salts of the files. */
  public static Spool open(
      Storage storage, SpoolOptions options, Clock clock, RandomGenerator random) {
    Closeable lock = lock(storage);
    try {
      Spool spool =
          new Spool(options, storage, new Sources(clock, random), lock, recover(storage, options));
      spool.start();
      return spool;
    } catch (IOException e) {
      release(lock, e);
      throw new SpoolException.Failed("spool " + storage + ": can't open: " + e, e);
    } catch (RuntimeException e) {
      release(lock, e);
      throw e;
    }
  }

  private static Recovered recover(Storage storage, SpoolOptions options) throws IOException {
    LongAdder failures = new LongAdder();
    Quarantine quarantine = new Quarantine(storage, failures);
    Checkpoints checkpoints = new Checkpoints(storage);
    Recovery.Found found = new Recovery(storage, quarantine, failures).run();
    Map<String, Optional<Checkpoints.Checkpoint>> readers = checkpoints.loadAll();
    long next = found.nextOffset();
    for (Optional<Checkpoints.Checkpoint> reader : readers.values()) {
      next = Math.max(next, reader.map(Checkpoints.Checkpoint::nextOffset).orElse(0L));
    }
    Segments segments = new Segments(found.segments(), next);
    Keeper keeper = new Keeper(options, storage, segments, checkpoints, quarantine, failures);
    readers.forEach(keeper::restore);
    return new Recovered(segments, quarantine, keeper, failures, found.generation());
  }

  private static Closeable lock(Storage storage) {
    Closeable lock;
    try {
      storage.createFolder("");
      lock = storage.tryLock("lock");
    } catch (IOException e) {
      throw new SpoolException.Failed("spool " + storage + ": can't lock: " + e, e);
    }
    if (lock == null) {
      throw new SpoolException.AlreadyOpen(
          "spool " + storage + ": is open (expected: one process at a time)");
    }
    return lock;
  }

  private static void release(Closeable lock, Exception reason) {
    try {
      lock.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private void start() {
    writerThread.setDaemon(true);
    keeperThread.setDaemon(true);
    writerThread.start();
    keeperThread.start();
  }

  /** Appends one record; see {@link #append(List)}. */
  public long append(byte[] record) {
    return append(List.of(ByteBuffer.wrap(record)));
  }

  /** Appends one record; see {@link #append(List)}. */
  public long append(ByteBuffer record) {
    return append(List.of(record));
  }

  /**
   * Appends records, all or none, at consecutive offsets, and waits until they are on the disk. The
   * remaining bytes of each buffer are taken; the buffers are left as they are and must not change
   * meanwhile. An interrupt does not end the wait; the flag is up again afterwards.
   *
   * @return offset of the first
   * @throws IllegalArgumentException if there is no record, one is over {@code recordBytesMax}, or
   *     all are over {@code batchBytesMax}
   * @throws SpoolException.OverCapacity at once, nothing taken, if the queue or the disk is full
   * @throws SpoolException.ReadOnly if two writes in a row have failed; says why
   * @throws SpoolException.Failed if the write failed: not accepted, though it may be there after
   *     the next open
   * @throws SpoolException.Closed after close
   */
  public long append(List<ByteBuffer> records) {
    long bytes = bytes(records);
    long disk = segments.diskBytes();
    if (disk + loop.queuedBytes() + bytes > options.diskBytesMax()) {
      counters.refused.increment();
      throw new SpoolException.OverCapacity(
          "disk bytes: " + disk + " + " + bytes + " (expected: <= " + options.diskBytesMax() + ")");
    }
    return loop.append(new Append(List.copyOf(records), bytes));
  }

  private long bytes(List<ByteBuffer> records) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("records: 0 (expected: >= 1)");
    }
    long bytes = 0;
    for (ByteBuffer record : records) {
      if (record.remaining() > options.recordBytesMax()) {
        throw new IllegalArgumentException(
            "record bytes: "
                + record.remaining()
                + " (expected: <= "
                + options.recordBytesMax()
                + ")");
      }
      bytes += RecordCodec.HEADER_BYTES + record.remaining();
    }
    if (bytes > options.batchBytesMax()) {
      throw new IllegalArgumentException(
          "append bytes with headers: "
              + bytes
              + " (expected: <= "
              + options.batchBytesMax()
              + ")");
    }
    return bytes;
  }

  /**
   * Waits until every append that was queued before is settled, and tells whether all of them are
   * durable.
   *
   * @throws SpoolException.Failed if a batch failed meanwhile: one of them may not be durable
   * @throws SpoolException.ReadOnly if two writes in a row have failed
   * @throws SpoolException.Closed after close
   */
  public void barrier() {
    long failures = counters.failures.get();
    loop.append(new Append(List.of(), 0));
    if (counters.failures.get() != failures) {
      throw new SpoolException.Failed(
          "barrier: a write failed while it waited (expected: none)", null);
    }
  }

  /**
   * Lets go of everything before an offset as soon as all readers have committed it: the segment
   * that takes records now is ended for that, and what is kept for nobody is kept no longer. To be
   * called again while it says no.
   *
   * @return whether nothing before the offset is kept any more
   * @throws SpoolException.ReadOnly if two writes in a row have failed
   * @throws SpoolException.Closed after close
   */
  public boolean retire(long offset) {
    refuseIfClosed();
    if (segments.oldest() < offset) {
      if (segments.ended() < offset) {
        loop.roll();
      }
      keeper.keep();
    }
    return segments.oldest() >= offset;
  }

  /**
   * Opens the reader of a name, at its committed offset. A name that is new is registered durably,
   * at the oldest record kept; from then on nothing it has not committed is deleted, whether it is
   * open or not.
   *
   * @param name lower-case letters, digits and hyphens, at most 64
   * @throws IllegalStateException if the reader is open already
   */
  public SpoolReader reader(String name) {
    if (!Checkpoints.isName(name)) {
      throw new IllegalArgumentException(
          "reader name: " + name + " (expected: " + Checkpoints.NAME + ")");
    }
    refuseIfClosed();
    ReaderState state = keeper.register(name);
    if (!state.open()) {
      throw new IllegalStateException("reader " + name + ": is open (expected: once at a time)");
    }
    return new SpoolReader(state, segments, keeper, new LogReader(storage, segments, quarantine));
  }

  /** The names of all registered readers, open or not. */
  public List<String> readers() {
    return keeper.names();
  }

  /**
   * Removes a closed reader for good, so that it holds nothing back any more; false if there is
   * none of that name.
   *
   * @throws IllegalStateException if it is open
   * @throws SpoolException.Failed if the storage fails; it may be back after a restart
   */
  public boolean forget(String name) {
    refuseIfClosed();
    return keeper.forget(name);
  }

  /** Offset after the last durable record. */
  public long durableOffset() {
    return segments.durable();
  }

  /** Offset of the oldest record kept; the durable offset if none is. */
  public long oldestOffset() {
    return segments.oldest();
  }

  /** Whether it takes records. */
  public State state() {
    if (closed) {
      return State.CLOSED;
    }
    return loop.readOnlyReason().isPresent() ? State.READ_ONLY : State.OPEN;
  }

  /** What it did and holds. The values are read one after the other, not at one instant. */
  public SpoolStats stats() {
    return new SpoolStats(
        counters.records.get(),
        counters.bytes.get(),
        counters.batches.get(),
        counters.batchRecordsMax.get(),
        counters.forces.get(),
        counters.forceNanos.get(),
        counters.forceNanosMax.get(),
        counters.failures.get(),
        counters.refused.sum(),
        loop.queuedBytes(),
        segments.oldest(),
        segments.durable(),
        segments.list().size(),
        segments.diskBytes(),
        quarantine.found(),
        quarantine.lost(),
        keeperFailures.sum(),
        loop.readOnlyReason());
  }

  private void refuseIfClosed() {
    if (closed) {
      throw new SpoolException.Closed("spool is closed");
    }
  }

  /**
   * Makes what is queued durable, writes the checkpoints down and gives the folder free. Polls that
   * wait end with what they have. Idempotent; a second caller waits for the first.
   */
  @Override
  public void close() {
    closeLock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      loop.close();
      join(writerThread);
      seal();
      segments.shut();
      keeper.close();
      join(keeperThread);
      keeper.end();
      folderLock.close();
    } catch (IOException e) {
      throw new SpoolException.Failed("spool " + storage + ": can't give the lock back: " + e, e);
    } finally {
      closeLock.unlock();
    }
  }

  /**
   * The records are durable already; without its footer the file is scanned at the next open, which
   * is all.
   */
  private void seal() {
    try {
      writer.seal();
    } catch (IOException unsealed) {
      keeperFailures.increment();
    }
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
