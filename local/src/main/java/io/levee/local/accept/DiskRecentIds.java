package io.levee.local.accept;

import io.levee.engine.accept.RecentIds;
import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.bus.Subscriber;
import io.levee.engine.run.BackendException;
import io.levee.event.EventHeader;
import io.levee.event.EventId;
import io.levee.event.ProjectId;
import io.levee.spool.Storage;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * {@link RecentIds} in memory, backed by sidecar files of what the bus has delivered. As a {@link
 * Subscriber} it writes down the ids of durable events; after {@link #start} it knows those, and
 * once its group has caught up with the bus it knows all. The door stays closed until then.
 *
 * <p>Claims cost a mix and one place in memory, under one of 64 locks. Memory grows with use. What
 * the subscriber sees of ids that were claimed here changes nothing.
 */
public final class DiskRecentIds implements RecentIds, Subscriber, AutoCloseable {
  private static final String BACKEND = "recent-ids";
  private static final String GROUP = "recent";

  private final Storage storage;
  private final RecentIdsOptions options;
  private final Clock clock;
  private final KeyTable table;
  private final KeyFiles files;

  /** Guards what follows, and the files. */
  private final ReentrantLock writing = new ReentrantLock();

  private final long[] pending = new long[KeyFrame.KEYS_MAX];
  private int pendingCount;
  private Positions applied = Positions.START;
  private Positions committed = Positions.START;
  private volatile State state = State.NEW;

  private enum State {
    NEW,
    STARTED,
    CLOSED
  }

  /** Touches nothing until {@link #start}; the files lie in the storage's root folder. */
  public DiskRecentIds(Storage storage, RecentIdsOptions options, Clock clock) {
    this.storage = storage;
    this.options = options;
    this.clock = clock;
    this.table = new KeyTable(options);
    this.files = new KeyFiles(storage, options);
  }

  /**
   * Reads the sidecar files; called once.
   *
   * @throws BackendException.Unavailable when they can't be read
   */
  public void start() {
    writing.lock();
    try {
      if (state != State.NEW) {
        throw new IllegalStateException("recent ids: start in state " + state);
      }
      storage.createFolder("");
      table.reserve(Math.min(options.keysMax(), files.keysAtMost()));
      Loader loader = new Loader(clock.millis());
      committed = files.load(clock.millis(), loader::take);
      loader.finish();
      loader.writeLastAgain();
      applied = committed;
      state = State.STARTED;
    } catch (IOException e) {
      throw unavailable("start", e);
    } finally {
      writing.unlock();
    }
  }

  /** Collects frames so that many keys go into the table at once. */
  private final class Loader {
    private static final int KEYS_AT_ONCE = 1 << 21;

    private long[] keys = new long[KeyFrame.KEYS_MAX];
    private int count;
    private long timeMillis;
    private @Nullable KeyFrame last;
    private final long startedMillis;

    private Loader(long startedMillis) {
      this.startedMillis = startedMillis;
    }

    private void take(KeyFrame frame) {
      last = frame;
      if (startedMillis - frame.timeMillis() >= options.age().toMillis()) {
        return;
      }
      boolean full = count + frame.keys().length > KEYS_AT_ONCE;
      if (full || frame.timeMillis() - timeMillis >= options.age().toMillis() / 24) {
        finish();
        timeMillis = frame.timeMillis();
      }
      int end = count + frame.keys().length;
      if (end > keys.length) {
        keys = Arrays.copyOf(keys, Math.max(end, Math.min(KEYS_AT_ONCE, end * 2)));
      }
      System.arraycopy(frame.keys(), 0, keys, count, frame.keys().length);
      count = end;
    }

    private void finish() {
      table.addAll(keys, count, timeMillis);
      count = 0;
    }

    /**
     * The last frame may never have been forced, though it can be read; all before it were. The bus
     * will let go of what we say is safe, so it is made so.
     */
    private void writeLastAgain() throws IOException {
      if (last != null) {
        files.append(
            last.timeMillis(), last.before(), last.after(), last.keys(), last.keys().length);
      }
    }
  }

  @Override
  public boolean claim(ProjectId project, EventId id) {
    requireStarted();
    return table.add(IdKey.of(project, id), clock.millis());
  }

  @Override
  public void release(ProjectId project, EventId id) {
    requireStarted();
    table.remove(IdKey.of(project, id));
  }

  /** How many ids are remembered now. */
  public long remembered() {
    return table.size();
  }

  /** Bytes of memory that they take. */
  public long memoryBytes() {
    return table.bytes();
  }

  @Override
  public String group() {
    return GROUP;
  }

  @Override
  public Positions committed() {
    requireStarted();
    return committed;
  }

  /** Remembers the batch's ids; flushes by itself when many are pending. */
  @Override
  public void apply(List<Delivery> batch) {
    writing.lock();
    try {
      requireStarted();
      long nowMillis = clock.millis();
      for (Delivery delivery : batch) {
        if (pendingCount == pending.length) {
          write(committed);
        }
        EventHeader header = delivery.record().header();
        long key = IdKey.of(header.project(), header.id());
        table.add(key, nowMillis);
        pending[pendingCount++] = key;
      }
      applied = applied.after(batch);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void skip(Delivery delivery) {
    writing.lock();
    try {
      applied = applied.after(List.of(delivery));
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void tick() {
    table.forget(clock.millis());
  }

  @Override
  public Positions flush() {
    writing.lock();
    try {
      requireStarted();
      if (pendingCount > 0 || !applied.equals(committed)) {
        write(applied);
        committed = applied;
      }
      return committed;
    } finally {
      writing.unlock();
    }
  }

  private void write(Positions positions) {
    try {
      files.append(clock.millis(), committed, positions, pending, pendingCount);
      pendingCount = 0;
      files.forget(clock.millis());
    } catch (IOException e) {
      throw unavailable("write", e);
    }
  }

  private static BackendException unavailable(String operation, IOException cause) {
    return new BackendException.Unavailable(
        BACKEND, operation, String.valueOf(cause.getMessage()), cause);
  }

  private void requireStarted() {
    if (state != State.STARTED) {
      throw new IllegalStateException("recent ids: " + state + " (expected: STARTED)");
    }
  }

  /** Ends; what was applied but not flushed comes again from the bus. Idempotent. */
  @Override
  public void close() {
    writing.lock();
    try {
      state = State.CLOSED;
      files.close();
    } catch (IOException e) {
      throw unavailable("close", e);
    } finally {
      writing.unlock();
    }
  }
}
