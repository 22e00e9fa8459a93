package io.levee.local.index;

import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.index.Erasing;
import io.levee.engine.index.ErasingStore;
import io.levee.engine.index.EventConsumer;
import io.levee.engine.index.EventCount;
import io.levee.engine.index.EventIndex;
import io.levee.engine.index.EventReading;
import io.levee.engine.index.FacetValue;
import io.levee.engine.index.Histogram;
import io.levee.engine.index.SearchPage;
import io.levee.engine.index.SearchRequest;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.index.Tally;
import io.levee.engine.index.TallyRequest;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.BackendException;
import io.levee.engine.run.Finding;
import io.levee.engine.run.Health;
import io.levee.event.EventId;
import io.levee.event.ProjectId;
import io.levee.local.index.IndexLanes.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;

/**
 * The index on this machine's disk; the package says how it lies there.
 *
 * <p>An event replaces an earlier one of the same project and id <em>and day</em>. Days are not
 * compared with each other: what a bus delivers again carries the same time, and the door refuses
 * ids that it saw within its memory, so only a client that reuses an id for another day is stored
 * twice.
 *
 * <p>{@link #apply}, {@link #flush} and {@link #tick} belong to one thread; a lock keeps {@link
 * #retain} and a rebuild's completion out of their way. When Lucene fails while writing (a full
 * disk above all), what was applied since the last flush may be gone from memory, so the index
 * refuses to be written any further until {@link #recover} has gone back to what is committed, or
 * it is started again; it then continues at {@link #committed}. Reading goes on.
 */
public final class LuceneEventIndex implements EventIndex, ErasingStore {
  private static final String BACKEND = "index";
  private static final int CLAUSES_MAX = 16_384;

  /** How many times longer a refresh may be put off while it is. */
  private static final int BEHIND = 3;

  private final IndexHome home;
  private final IndexSettings settings;
  private final LongSupplier nanoTime;

  /** Fair, so that a reader who needs a refresh comes in between two batches. */
  private final ReentrantLock writing = new ReentrantLock(true);

  private final IndexReads reads;
  private final IndexCounts counts;
  private final IndexLanes lanes = new IndexLanes();
  private State state = State.NEW;
  private volatile @Nullable Generation generation;
  private volatile @Nullable String broken;
  private Positions applied = Positions.START;
  private volatile long refreshedNanos;
  private volatile long refreshCostNanos;
  private volatile long askedNanos;

  /** Of the thread that applies: the last batch was one of those that come when much waits. */
  private boolean behind;

  private enum State {
    NEW,
    STARTED,
    CLOSED
  }

  /** Something that Lucene or the disk may fail at. */
  interface Work<T> {
    T run() throws IOException;
  }

  /**
   * An index that is not yet started.
   *
   * @param path its own directory; made if it is missing
   * @param nanoTime a clock that only moves forward, in ns
   */
  public LuceneEventIndex(Path path, IndexSettings settings, LongSupplier nanoTime) {
    this.home = new IndexHome(path, settings, nanoTime);
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.reads = new IndexReads(settings, nanoTime);
    this.counts = new IndexCounts(reads, settings.rollups());
    this.askedNanos = nanoTime.getAsLong() - settings.idleAfter().toNanos() - 1;
  }

  @Override
  public String group() {
    return "index";
  }

  @Override
  public void start() {
    locked(
        "start",
        () -> {
          if (state != State.NEW) {
            throw new IllegalStateException("index: " + state + " (expected: NEW)");
          }
          IndexSearcher.setMaxClauseCount(CLAUSES_MAX);
          Generation opened = home.open();
          applied = opened.committed();
          generation = opened;
          state = State.STARTED;
          return opened;
        });
  }

  @Override
  public Positions committed() {
    return current().committed();
  }

  @Override
  public void apply(List<Delivery> batch) {
    write(
        "apply",
        () -> {
          Generation current = current();
          put(current, entries(batch), lanes);
          behind = IndexLanes.isLarge(batch.size());
          current.spillOverLimit();
          applied = applied.after(batch);
          return applied;
        });
  }

  /** Without those that are only counted. */
  private static List<Entry> entries(List<Delivery> batch) {
    List<Entry> entries = new ArrayList<>();
    for (Delivery delivery : batch) {
      if (!delivery.record().header().sampledOut()) {
        entries.add(Entry.of(delivery));
      }
    }
    return entries;
  }

  /**
   * Day after day, so that a batch from many days opens each slice once; otherwise as they came.
   */
  private static void put(Generation to, List<Entry> entries, IndexLanes lanes) throws IOException {
    Map<LocalDate, List<Entry>> days = new TreeMap<>();
    entries.forEach(
        entry -> days.computeIfAbsent(entry.day(), day -> new ArrayList<>()).add(entry));
    for (Map.Entry<LocalDate, List<Entry>> day : days.entrySet()) {
      to.put(day.getKey(), day.getValue(), lanes);
    }
  }

  @Override
  public Positions flush() {
    return write(
        "flush",
        () -> {
          current().commit(applied);
          refresh();
          return applied;
        });
  }

  /**
   * Lets readers see what was applied, at least {@link IndexSettings#refreshMin} after the last
   * time; under load later, so that refreshing takes about a tenth of the time at most. While
   * nobody asks, it waits for the first who does. While it is behind, what is newest is not there
   * to be seen anyway, and fewer, larger segments help it to catch up.
   */
  @Override
  public void tick() {
    long wait =
        Math.clamp(
            10 * refreshCostNanos,
            (behind ? settings.refreshMax() : settings.refreshMin()).toNanos(),
            (behind ? BEHIND : 1) * settings.refreshMax().toNanos());
    boolean due = nanoTime.getAsLong() - refreshedNanos >= wait;
    if (broken == null && due && !idle() && current().unseen()) {
      write(
          "tick",
          () -> {
            refresh();
            return true;
          });
    }
  }

  @Override
  public void skip(Delivery delivery) {
    write("skip", () -> applied = applied.after(List.of(delivery)));
  }

  /** After a failure: goes back to what is committed, once the disk can be written again. */
  @Override
  public @Nullable Positions recover() {
    boolean[] lost = new boolean[1];
    locked(
        "recover",
        () -> {
          if (broken != null) {
            home.tryDisk();
            Generation current = current();
            current.reopen();
            applied = current.committed();
            broken = null;
            lost[0] = true;
          }
          return true;
        });
    return lost[0] ? committed() : null;
  }

  private boolean idle() {
    return nanoTime.getAsLong() - askedNanos > settings.idleAfter().toNanos();
  }

  /**
   * The first who asks after a while makes visible what came meanwhile; those after it find it
   * done.
   */
  private void asked() {
    if (idle() && broken == null) {
      write(
          "refresh",
          () -> {
            if (current().unseen()) {
              refresh();
            }
            return true;
          });
    }
    askedNanos = nanoTime.getAsLong();
  }

  private void refresh() throws IOException {
    long begun = nanoTime.getAsLong();
    current().refresh();
    refreshedNanos = nanoTime.getAsLong();
    refreshCostNanos = refreshedNanos - begun;
  }

  @Override
  public SearchPage search(SearchRequest request) {
    return read("search", held -> reads.search(held, request));
  }

  @Override
  public EventCount count(ProjectScope scope, Query query, TimeRange range) {
    return read("count", held -> counts.count(held, scope, query, range));
  }

  @Override
  public Histogram histogram(ProjectScope scope, Query query, TimeRange range, Duration bucket) {
    return read("histogram", held -> counts.histogram(held, scope, query, range, bucket));
  }

  @Override
  public Map<String, List<FacetValue>> facets(
      ProjectScope scope, Query query, TimeRange range, List<String> fields, int top) {
    if (top < 1 || top > 1000) {
      throw new IllegalArgumentException("top: " + top + " (expected: 1..1000)");
    }
    return read("facets", held -> counts.facets(held, scope, query, range, fields, top));
  }

  @Override
  public boolean read(EventReading reading, EventConsumer consumer) {
    return reading.newestFirst()
        ? EventIndex.super.read(reading, consumer)
        : read("read", held -> reads.read(held, reading, consumer));
  }

  @Override
  public Optional<Tally> tally(TallyRequest request) {
    return read("tally", held -> counts.tally(held, request));
  }

  @Override
  public Optional<StoredEvent> find(ProjectScope scope, EventId id) {
    return read("find", held -> reads.find(held, scope, id));
  }

  @Override
  public void scan(LocalDate day, Consumer<StoredEvent> consumer) {
    read("scan", held -> reads.scan(held, day, consumer));
  }

  @Override
  public List<LocalDate> days() {
    return List.copyOf(current().byDay().keySet());
  }

  @Override
  public int retain(Map<ProjectId, LocalDate> keepFrom) {
    return write("retain", () -> current().retain(keepFrom));
  }

  @Override
  public long erase(Erasing which) {
    return write("erase", () -> current().erase(which, applied));
  }

  @Override
  public List<String> unread() {
    return guarded("unread", home::aside).stream().map(name -> "index/" + name).toList();
  }

  @Override
  public IndexRebuild rebuild() {
    return locked("rebuild", () -> new Rebuild(current(), home.next(current())));
  }

  /** What is held of segments' counts, now. */
  public RollupState rollups() {
    return counts.rollups();
  }

  @Override
  public List<Finding> damage() {
    return read("verify", reads::damage);
  }

  @Override
  public long bytes() {
    return guarded("bytes", () -> SliceDirectories.bytes(current().path()));
  }

  @Override
  public Health check() {
    String reason = broken;
    if (reason != null) {
      return Health.failing(
          "index: " + reason + "; it goes on by itself once the disk can be written");
    }
    if (generation == null) {
      return Health.failing("index: not started or closed");
    }
    List<String> damaged = guarded("check", home::quarantined);
    return damaged.isEmpty()
        ? Health.ok()
        : Health.failing(
            "index: damaged slices were moved to quarantine: "
                + String.join(", ", damaged)
                + "; rebuild the index, then remove them");
  }

  /** Gives up what was applied since the last flush: it is delivered again. */
  @Override
  public void close() {
    locked(
        "close",
        () -> {
          Generation last = generation;
          generation = null;
          state = State.CLOSED;
          lanes.close();
          if (last != null) {
            last.release();
          }
          return true;
        });
  }

  private Generation current() {
    Generation now = generation;
    if (now == null) {
      throw new IllegalStateException("index: not started or closed");
    }
    return now;
  }

  private <T> T read(String operation, IndexReads.Reading<T> reading) {
    asked();
    return guarded(
        operation,
        () -> {
          Generation held = current();
          while (!held.hold()) {
            held = current(); // Replaced by a rebuild between the two lines.
          }
          try {
            return reading.of(held);
          } finally {
            held.release();
          }
        });
  }

  private <T> T write(String operation, Work<T> work) {
    return locked(
        operation,
        () -> {
          if (broken != null) {
            throw new BackendException.Unavailable(
                BACKEND, operation, String.valueOf(broken), null);
          }
          try {
            return work.run();
          } catch (IOException | org.apache.lucene.store.AlreadyClosedException e) {
            broken = "writing failed: " + e.getMessage();
            throw e;
          }
        });
  }

  private <T> T locked(String operation, Work<T> work) {
    writing.lock();
    try {
      return guarded(operation, work);
    } finally {
      writing.unlock();
    }
  }

  private static <T> T guarded(String operation, Work<T> work) {
    return IndexReads.guarded(BACKEND, operation, work);
  }

  private final class Rebuild implements IndexRebuild {
    private final Generation old;
    private final Generation fresh;
    private final IndexLanes own = new IndexLanes();
    private boolean done;

    Rebuild(Generation old, Generation fresh) {
      this.old = old;
      this.fresh = fresh;
    }

    @Override
    public void add(List<StoredEvent> events) {
      guarded(
          "rebuild",
          () -> {
            List<Entry> entries = new ArrayList<>();
            events.forEach(stored -> entries.add(Entry.of(stored.event(), stored.json())));
            put(fresh, entries, own);
            fresh.spillOverLimit();
            return true;
          });
    }

    @Override
    public void complete(Positions positions) {
      locked(
          "rebuild",
          () -> {
            if (done || generation != old) {
              throw new IllegalStateException("rebuild: completed, given up or overtaken");
            }
            fresh.commit(positions);
            fresh.refresh();
            home.choose(fresh);
            generation = fresh;
            applied = positions;
            broken = null;
            done = true;
            own.close();
            home.retire(old);
            home.mended(fresh); // What lies in quarantine is in the new one again.
            return true;
          });
    }

    @Override
    public void close() {
      locked(
          "rebuild",
          () -> {
            if (!done) {
              done = true;
              own.close();
              home.retire(fresh);
            }
            return true;
          });
    }
  }
}
