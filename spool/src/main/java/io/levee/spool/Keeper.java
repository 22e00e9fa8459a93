package io.levee.spool;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the checkpoints of the readers and deletes the segments that all of them have passed. Its
 * thread wakes when a commit came, waits the checkpoint delay for more, and writes them down. What
 * fails is counted and tried again.
 */
final class Keeper implements Runnable {

  private static final Logger LOG = System.getLogger(Keeper.class.getName());

  private final SpoolOptions options;
  private final Storage storage;
  private final Segments segments;
  private final Checkpoints checkpoints;
  private final Quarantine quarantine;
  private final LongAdder failures;
  private final Map<String, ReaderState> readers = new ConcurrentHashMap<>();

  /** Guards the files of the checkpoints and the deletion of segments; held during their I/O. */
  private final ReentrantLock files = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean deletionUnforced;
  private boolean ended;
  private volatile boolean dirty;
  private volatile boolean closing;

  Keeper(
      SpoolOptions options,
      Storage storage,
      Segments segments,
      Checkpoints checkpoints,
      Quarantine quarantine,
      LongAdder failures) {
    this.options = options;
    this.storage = storage;
    this.segments = segments;
    this.checkpoints = checkpoints;
    this.quarantine = quarantine;
    this.failures = failures;
  }

  /** Takes over a reader that the files know. */
  void restore(String name, Optional<Checkpoints.Checkpoint> checkpoint) {
    long oldest = segments.oldest();
    ReaderState state =
        checkpoint
            .map(found ->
                new ReaderState(name, Math.max(found.nextOffset(), oldest), found.generation()))
            .orElseGet(() -> new ReaderState(name, oldest, 0));
    readers.put(name, state);
  }

  /** The reader of a name; a new one is registered durably and holds everything that is there. */
  ReaderState register(String name) {
    files.lock();
    try {
      refuseIfEnded();
      ReaderState known = readers.get(name);
      if (known != null) {
        return known;
      }
      ReaderState state = new ReaderState(name, segments.oldest(), 0);
      store(state);
      readers.put(name, state);
      return state;
    } catch (IOException e) {
      throw new SpoolException.Failed("reader " + name + ": not registered: " + e, e);
    } finally {
      files.unlock();
    }
  }

  /** Removes a reader durably; false if there is none of that name. */
  boolean forget(String name) {
    files.lock();
    try {
      refuseIfEnded();
      ReaderState known = readers.get(name);
      if (known == null) {
        return false;
      }
      if (!known.open()) {
        throw new IllegalStateException(
            "reader " + name + ": is open (expected: closed, to forget it)");
      }
      readers.remove(name);
      checkpoints.delete(name);
    } catch (IOException e) {
      throw new SpoolException.Failed("reader " + name + ": may be back after a restart: " + e, e);
    } finally {
      files.unlock();
    }
    wake();
    return true;
  }

  List<String> names() {
    return readers.keySet().stream().sorted().toList();
  }

  /**
   * Moves a reader to an offset, or to the oldest kept if that is later; returns where it stands.
   */
  long seek(ReaderState state, long offset) {
    files.lock(); // so that nothing is deleted between looking and holding
    try {
      long to = Math.max(offset, segments.oldest());
      state.committed(to);
      return to;
    } finally {
      files.unlock();
      wake();
    }
  }

  void wake() {
    if (dirty) {
      return;
    }
    lock.lock();
    try {
      dirty = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run() {
    while (awaitWork()) {
      dirty = false;
      keep();
    }
  }

  private boolean awaitWork() {
    lock.lock();
    try {
      while (!dirty && !closing) {
        changed.awaitUninterruptibly();
      }
      long nanos = options.checkpointDelay().toNanos();
      while (nanos > 0 && !closing) {
        nanos = changed.awaitNanos(nanos);
      }
      return !closing;
    } catch (InterruptedException e) {
      return false; // somebody wants the thread to end; close does the rest
    } finally {
      lock.unlock();
    }
  }

  /** Writes down every commit and deletes what nobody needs. */
  void keep() {
    files.lock();
    try {
      if (ended) {
        return;
      }
      for (ReaderState state : readers.values()) {
        if (state.isDirty()) {
          store(state);
        }
      }
      collect();
    } catch (IOException | RuntimeException e) { // a bug, at worst: it must not end the thread
      LOG.log(Level.WARNING, "spool " + storage + ": checkpoints or deletions put off: " + e);
      failures.increment();
      wake();
    } finally {
      files.unlock();
    }
  }

  private void store(ReaderState state) throws IOException {
    long nextOffset = state.committed();
    checkpoints.store(state.name(), new Checkpoints.Checkpoint(state.nextGeneration(), nextOffset));
    state.persisted(nextOffset);
  }

  private void collect() throws IOException {
    long held = readers.values().stream().mapToLong(ReaderState::held).min().orElse(0);
    List<Segment> list = segments.list();
    long bytes = segments.diskBytes();
    for (int i = 0; i < list.size(); i++) {
      Segment segment = list.get(i);
      bytes -= segment.fileBytes();
      boolean retired = segments.hasEnded(segment);
      boolean wanted = i == list.size() - 1 || bytes < options.retainedBytesMin();
      if (segment.nextOffset() > held || (wanted && !retired)) {
        return;
      }
      if (deletionUnforced) {
        // else a crash could undo the older deletion alone, and leave what looks like a loss
        storage.forceFolder("");
        deletionUnforced = false;
      }
      remove(segment);
    }
  }

  private void remove(Segment segment) throws IOException {
    try {
      if (segment.mustBeKeptWhole()) {
        quarantine.move(segment);
      } else {
        storage.delete(segment.file());
      }
    } catch (NoSuchFileException gone) {
      failures.increment(); // somebody else removed it: it is not there, which is what was wanted
    }
    deletionUnforced = true;
    segments.remove(segment);
  }

  /** Keeps a last time, and never again: the folder belongs to somebody else from now on. */
  void end() {
    files.lock();
    try {
      keep();
      ended = true;
    } finally {
      files.unlock();
    }
  }

  private void refuseIfEnded() {
    if (ended) {
      throw new SpoolException.Closed("spool is closed");
    }
  }

  /** Ends the thread. */
  void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
