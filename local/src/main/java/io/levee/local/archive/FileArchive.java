package io.levee.local.archive;

import io.levee.engine.archive.ContentDigest;
import io.levee.engine.archive.EventArchive;
import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.index.Erasing;
import io.levee.engine.index.ErasingStore;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.BackendException;
import io.levee.engine.run.Health;
import io.levee.event.EventId;
import io.levee.event.ProjectId;
import io.levee.spool.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The archive in files of one folder; the package says how they look. One process at a time.
 *
 * <p>An event is itself by project, UTC day of its time, and id: one with the same three replaces
 * the earlier. {@link #digests} counts every event once, exactly, without reading events. {@link
 * #scan} first delivers all that can be read and then throws {@link BackendException.Corrupt} if
 * something could not. When so much is pending that a limit is reached, {@link #apply} flushes
 * before it takes the batch; the caller's next {@link #flush} returns the positions. {@link #flush}
 * also joins small objects when there are many, on the caller's thread.
 *
 * <p>{@link #retain} flushes first and may be called from any thread; so may all that reads.
 */
public final class FileArchive implements EventArchive, ErasingStore {
  static final String BACKEND = "archive";

  private static final String GROUP = "archive";
  private static final String LOCK = "lock";

  private final Storage storage;
  private final ArchiveOptions options;
  private final Clock clock;
  private final CurrentFile currentFile;

  /** Held by whoever changes files. */
  private final ReentrantLock writing = new ReentrantLock();

  private volatile @Nullable Opened opened;
  private volatile State state = State.NEW;
  private volatile Health lastWork = Health.ok();
  private @Nullable Closeable processLock;
  private boolean rebuilding;

  private enum State {
    NEW,
    STARTED,

    /** Two generations may both be taken for the current one; only a start can tell. */
    UNCERTAIN,
    CLOSED
  }

  /** The generation that counts and who works on it. */
  private record Opened(
      Generation generation, ArchiveReader reader, ArchiveWriter writer, Rewriter rewriter) {}

  /** Touches nothing until {@link #start}; everything lies in the storage's root folder. */
  public FileArchive(Storage storage, ArchiveOptions options, Clock clock) {
    this.storage = storage;
    this.options = options;
    this.clock = clock;
    this.currentFile = new CurrentFile(storage);
  }

  @Override
  public void start() {
    exclusively(() -> {
      if (state != State.NEW) {
        throw new IllegalStateException("archive: start in state " + state);
      }
      try {
        storage.createFolder("");
        processLock = storage.tryLock(LOCK);
        if (processLock == null) {
          throw new BackendException.Unavailable(
              BACKEND, "start", storage + " is in use by another process", null);
        }
        opened = recover(currentFile.readOrCreate());
        state = State.STARTED;
      } catch (IOException e) {
        throw ArchiveWriter.unavailable("start", e);
      } finally {
        if (state != State.STARTED) {
          unlock();
        }
      }
    });
  }

  private Opened recover(int number) throws IOException {
    Generation generation = new Generation(storage, number, options.filterBytesMax());
    Positions committed = new Recovery(storage, generation).recover();
    // What a rebuild left that was given up, or that the last one replaced.
    new Generation(storage, number + 1, 0).clear();
    new Generation(storage, number - 1, 0).clear();
    return open(generation, new ArchiveWriter(generation, storage, options, clock, committed));
  }

  private Opened open(Generation generation, ArchiveWriter writer) {
    Rewriter rewriter = new Rewriter(generation, storage, options, clock, writer.codec());
    return new Opened(generation, new ArchiveReader(generation, storage), writer, rewriter);
  }

  @Override
  public String group() {
    return GROUP;
  }

  @Override
  public Positions committed() {
    return opened().writer.committed();
  }

  @Override
  public void apply(List<Delivery> batch) {
    exclusively(() -> writable().writer.apply(batch));
  }

  @Override
  public void skip(Delivery delivery) {
    exclusively(() -> writable().writer.skip(delivery));
  }

  @Override
  public Positions flush() {
    writing.lock();
    try {
      Opened now = writable();
      Positions before = now.writer.committed();
      Positions committed = now.writer.flush();
      if (!committed.equals(before)) {
        lastWork = compact(now);
      }
      return committed;
    } catch (BackendException e) {
      lastWork = Health.failing(String.valueOf(e.getMessage()));
      throw e;
    } finally {
      writing.unlock();
    }
  }

  /** What fails here has harmed nothing: it is told by {@link #check} and tried again later. */
  private Health compact(Opened now) {
    try {
      now.generation.sweep();
      Compaction compaction = new Compaction(options.objectBytesMax());
      List<ArchiveObject> run = compaction.next(now.generation.catalog().objects());
      if (!run.isEmpty()) {
        now.rewriter.rewrite(run, key -> true, options.blockRawBytes() / 2);
        now.writer.forgetObjects();
        now.generation.sweep();
      }
      return Health.ok();
    } catch (IOException | BackendException e) {
      return Health.failing("archive: small objects can't be joined: " + e.getMessage());
    }
  }

  @Override
  public Optional<StoredEvent> find(ProjectScope scope, EventId id) {
    return opened().reader.find(scope, id);
  }

  @Override
  public void scan(LocalDate day, Consumer<StoredEvent> consumer) {
    opened().reader.scan(day, consumer);
  }

  @Override
  public List<LocalDate> days() {
    return opened().generation.catalog().days();
  }

  @Override
  public Map<ProjectId, ContentDigest> digests(LocalDate day) {
    return opened().generation.catalog().digests(day);
  }

  @Override
  public int retain(Map<ProjectId, LocalDate> keepFrom) {
    Map<ProjectId, LocalDate> limits = Map.copyOf(keepFrom);
    Predicate<ProjectDay> keep =
        key -> !key.day().isBefore(limits.getOrDefault(key.project(), LocalDate.MIN));
    writing.lock();
    try {
      Opened now = writable();
      now.writer.flush();
      return retain(now, keep);
    } catch (IOException e) {
      throw ArchiveWriter.unavailable("retain", e);
    } finally {
      writing.unlock();
    }
  }

  private int retain(Opened now, Predicate<ProjectDay> keep) throws IOException {
    List<ArchiveObject> objects =
        now.generation.catalog().objects().stream().filter(one -> !one.isDamaged()).toList();
    List<ArchiveObject> expired = new ArrayList<>();
    for (ArchiveObject object : objects) {
      boolean newest = object.equals(objects.getLast());
      Set<ProjectDay> keys = object.digests().keySet();
      if (keys.stream().allMatch(keep)) {
        continue;
      }
      if (!newest && keys.stream().noneMatch(keep)) {
        expired.add(object);
      } else {
        rewrite(now, object, keep); // The newest stays, be it empty: it holds the positions.
      }
    }
    now.generation.drop(expired);
    now.writer.forgetObjects();
    now.generation.sweep();
    return expired.size();
  }

  private static void rewrite(Opened now, ArchiveObject object, Predicate<ProjectDay> keep)
      throws IOException {
    try {
      now.rewriter.rewrite(List.of(object), keep, 0);
    } catch (BackendException.Corrupt e) {
      // It stays as it is, expired events and all: a person decides about damaged objects.
      now.generation.damage().note(object.name(), String.valueOf(e.getMessage()));
    }
  }

  @Override
  public long erase(Erasing which) {
    writing.lock();
    try {
      Opened now = writable();
      now.writer.flush();
      return erase(now, new ErasureSearch(now.generation, storage, which));
    } catch (IOException e) {
      throw ArchiveWriter.unavailable("erase", e);
    } finally {
      writing.unlock();
    }
  }

  private static long erase(Opened now, ErasureSearch search) throws IOException {
    long events = 0;
    for (ArchiveObject object : now.generation.catalog().objects()) {
      try {
        Erased erased = object.isDamaged() ? Erased.NOTHING : search.in(object);
        if (!erased.ordinals().isEmpty()) {
          now.rewriter.rewrite(object, erased);
          events += erased.events();
        }
      } catch (BackendException.Corrupt e) {
        now.generation.damage().note(object.name(), String.valueOf(e.getMessage()));
      }
    }
    now.writer.forgetObjects();
    now.generation.sweep();
    return events;
  }

  @Override
  public List<String> unread() {
    return opened().generation.damage().objects().stream().map(name -> "archive/" + name).toList();
  }

  @Override
  public ArchiveRebuild rebuild() {
    writing.lock();
    try {
      Opened now = writable();
      if (rebuilding) {
        throw new IllegalStateException("archive: a rebuild is under way");
      }
      Generation next =
          new Generation(storage, now.generation.number() + 1, options.filterBytesMax());
      storage.createFolder(next.folder());
      next.clear();
      rebuilding = true;
      return new FileRebuild(
          next, new ArchiveWriter(next, storage, options, clock, Positions.START));
    } catch (IOException e) {
      throw ArchiveWriter.unavailable("rebuild", e);
    } finally {
      writing.unlock();
    }
  }

  private final class FileRebuild implements ArchiveRebuild {
    private final Generation next;
    private final ArchiveWriter writer;
    private boolean ended;

    private FileRebuild(Generation next, ArchiveWriter writer) {
      this.next = next;
      this.writer = writer;
    }

    @Override
    public void add(List<StoredEvent> events) {
      requireOpen();
      writer.add(events);
    }

    @Override
    public void complete(Positions positions) {
      requireOpen();
      writer.moveTo(positions);
      writer.flush();
      exclusively(() -> replace(next, writer));
      ended = true;
    }

    @Override
    public void close() {
      if (ended) {
        return;
      }
      ended = true;
      writer.close();
      exclusively(() -> {
        rebuilding = false;
        try {
          next.clear();
        } catch (IOException e) {
          // Nothing counts on these files; the next start or rebuild removes them.
          lastWork = Health.failing("archive: remains of a rebuild: " + e.getMessage());
        }
      });
    }

    private void requireOpen() {
      if (ended || state == State.CLOSED) {
        throw new IllegalStateException("archive: this rebuild has ended");
      }
    }
  }

  private void replace(Generation next, ArchiveWriter writer) {
    Opened old = writable();
    try {
      currentFile.write(next.number());
    } catch (IOException e) {
      state = State.UNCERTAIN;
      throw ArchiveWriter.unavailable("complete a rebuild; restart to see which counts", e);
    }
    opened = open(next, writer);
    rebuilding = false;
    old.writer.close();
    try {
      old.generation.drop(old.generation.catalog().objects());
      old.generation.sweep();
    } catch (IOException e) {
      lastWork = Health.failing("archive: the replaced generation remains: " + e.getMessage());
    }
  }

  @Override
  public long bytes() {
    return opened().generation.catalog().bytes();
  }

  @Override
  public Health check() {
    Opened now = opened;
    if (now == null || state != State.STARTED) {
      return Health.failing("archive: " + state);
    }
    Health damage = now.generation.damage().health();
    return damage instanceof Health.Failing ? damage : lastWork;
  }

  /** Drops what is pending; whoever wants it kept flushes first, or lets the bus bring it again. */
  @Override
  public void close() {
    exclusively(() -> {
      if (state == State.CLOSED) {
        return;
      }
      state = State.CLOSED;
      Opened now = opened;
      if (now != null) {
        now.writer.close();
      }
      unlock();
    });
  }

  private void unlock() {
    if (processLock != null) {
      try {
        processLock.close();
      } catch (IOException e) {
        throw ArchiveWriter.unavailable("unlock", e);
      } finally {
        processLock = null;
      }
    }
  }

  private void exclusively(Runnable work) {
    writing.lock();
    try {
      work.run();
    } finally {
      writing.unlock();
    }
  }

  private Opened opened() {
    Opened now = opened;
    if (now == null || state == State.NEW || state == State.CLOSED) {
      throw new IllegalStateException("archive: " + state + " (expected: STARTED)");
    }
    return now;
  }

  private Opened writable() {
    Opened now = opened();
    if (state == State.UNCERTAIN) {
      throw new BackendException.Unavailable(
          BACKEND, "write", "a rebuild ended in doubt; restart", null);
    }
    return now;
  }
}
