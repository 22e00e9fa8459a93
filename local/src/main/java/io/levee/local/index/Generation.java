package io.levee.local.index;

import io.levee.engine.bus.Positions;
import io.levee.engine.index.Erasing;
import io.levee.event.ProjectId;
import io.levee.local.index.IndexLanes.Entry;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One whole index: its slices and their checkpoint. Written by one thread at a time, read by any
 * number. Readers hold it while they read; a retired one is closed when the last lets go.
 */
final class Generation {
  private static final Logger LOG = LoggerFactory.getLogger(Generation.class);
  private static final String CHECKPOINT = "checkpoint";
  private static final long IDLE_NANOS = 300_000_000_000L;

  private final Path path;
  private final Path quarantine;
  private final IndexSettings settings;
  private final LongSupplier nanoTime;
  private final NavigableMap<LocalDate, Slice> slices = new ConcurrentSkipListMap<>();
  private Positions committed = Positions.START;
  private int holders = 1;
  private volatile boolean retired;

  Generation(Path path, Path quarantine, IndexSettings settings, LongSupplier nanoTime) {
    this.path = path;
    this.quarantine = quarantine;
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  Path path() {
    return path;
  }

  /** Opens every slice, moves aside those that can't be. */
  void open() throws IOException {
    Files.createDirectories(path);
    load();
  }

  /**
   * Gives up what is not committed and goes on from what is, as a start does. Readers that are at
   * work keep what they have open.
   */
  void reopen() throws IOException {
    for (Slice slice : slices.values()) {
      slice.rollback();
    }
    load();
  }

  private void load() throws IOException {
    Checkpoint checkpoint = Checkpoint.read(path.resolve(CHECKPOINT));
    if (checkpoint == null) {
      // Reading everything again that the bus keeps is safe: it replaces itself.
      LOG.atWarn().addKeyValue("path", path).log("index checkpoint unreadable, starting over");
      checkpoint = Checkpoint.NONE;
    }
    committed = checkpoint.positions();
    for (LocalDate day : SliceDirectories.days(path)) {
      Slice known = slices.get(day);
      Slice slice = known == null ? slice(day) : known;
      if (opens(slice, checkpoint.days().contains(day))) {
        slices.put(day, slice);
      } else {
        slices.remove(day);
      }
    }
    for (LocalDate day : checkpoint.days()) {
      if (!slices.containsKey(day)) {
        LOG.atError().addKeyValue("day", day).log("index slice is missing");
      }
    }
    trimReaders();
  }

  private boolean opens(Slice slice, boolean wasCommitted) throws IOException {
    try {
      DirectoryReader reader = slice.acquire(nanoTime.getAsLong());
      if (reader != null) {
        reader.decRef();
      }
      return true;
    } catch (IndexNotFoundException e) {
      if (wasCommitted) {
        quarantine(slice, e);
      } else {
        SliceDirectories.remove(slice.path()); // Begun, never committed: all of it comes again.
      }
      return false;
    } catch (CorruptIndexException
        | IndexFormatTooNewException
        | IndexFormatTooOldException
        | EOFException
        | NoSuchFileException
        | IllegalArgumentException e) {
      quarantine(slice, e);
      return false;
    }
  }

  private void quarantine(Slice slice, Exception cause) throws IOException {
    LOG.atError()
        .addKeyValue("day", slice.day())
        .setCause(cause)
        .log("index slice is damaged, moved aside");
    slice.close();
    SliceDirectories.quarantine(slice.path(), quarantine);
  }

  private Slice slice(LocalDate day) {
    return new Slice(day, path.resolve(day.toString()), settings.bufferBytesMax());
  }

  Positions committed() {
    return committed;
  }

  /** Puts events of one day into their slice. */
  void put(LocalDate day, List<Entry> entries, IndexLanes lanes) throws IOException {
    lanes.put(writable(day), entries);
  }

  /** The slice of a day, open for writing. */
  private Slice writable(LocalDate day) throws IOException {
    Slice known = slices.get(day);
    if (known != null && known.writing()) {
      known.begin(nanoTime.getAsLong());
      return known;
    }
    makeRoomForWriter();
    Slice slice = known == null ? begun(day) : known;
    Files.createDirectories(slice.path());
    slice.begin(nanoTime.getAsLong());
    if (known == null) {
      join(slice);
    }
    return slice;
  }

  /** A slice for a day that has none; a new day is written as the one before was at its end. */
  private Slice begun(LocalDate day) throws IOException {
    Slice slice = slice(day);
    Map.Entry<LocalDate, Slice> last = slices.lastEntry();
    if (last != null && last.getKey().isBefore(day)) {
      last.getValue().refresh(); // Its newest events, even if nobody has asked for them.
      slice.inherit(last.getValue().bequeath(nanoTime.getAsLong()));
    }
    return slice;
  }

  /** A new slice joins the others once it can be read. */
  private void join(Slice slice) throws IOException {
    try {
      slice.refresh();
      slice.begin(nanoTime.getAsLong());
      slices.put(slice.day(), slice);
    } catch (IOException | RuntimeException e) {
      slice.close();
      throw e;
    }
  }

  private void makeRoomForWriter() throws IOException {
    List<Slice> writing = slices.values().stream().filter(Slice::writing).toList();
    if (writing.size() >= settings.writersMax()) {
      Slice idlest = writing.stream().min(Comparator.comparingLong(Slice::usedNanos)).orElseThrow();
      // Ahead of the checkpoint, as after a crash: what comes again replaces itself.
      idlest.commit(committed);
      idlest.closeWriter();
    }
  }

  /** Keeps the buffers of all writers together within the limit. */
  void spillOverLimit() throws IOException {
    List<Slice> writing = slices.values().stream().filter(Slice::writing).toList();
    long buffered = writing.stream().mapToLong(Slice::bufferedBytes).sum();
    if (writing.size() > 1 && buffered > settings.bufferBytesMax()) {
      writing.stream().max(Comparator.comparingLong(Slice::bufferedBytes)).orElseThrow().spill();
    }
  }

  boolean unseen() {
    return slices.values().stream().anyMatch(Slice::unseen);
  }

  void refresh() throws IOException {
    for (Slice slice : slices.values()) {
      slice.refresh();
    }
  }

  /** Makes everything durable, with these positions, and closes writers that are idle. */
  void commit(Positions positions) throws IOException {
    boolean changed = false;
    for (Slice slice : slices.values()) {
      changed |= slice.uncommitted();
      slice.commit(positions);
    }
    if (changed || !positions.equals(committed)) {
      writeCheckpoint(positions);
    }
    long idleSince = nanoTime.getAsLong() - IDLE_NANOS;
    for (Slice slice : slices.values()) {
      if (slice.writing() && slice.usedNanos() - idleSince < 0) {
        slice.closeWriter();
      }
    }
    trimReaders();
  }

  private void writeCheckpoint(Positions positions) throws IOException {
    Checkpoint.force(path);
    new Checkpoint(positions, new TreeSet<>(slices.keySet())).write(path.resolve(CHECKPOINT));
    committed = positions;
  }

  private void trimReaders() throws IOException {
    List<Slice> idle =
        slices.values().stream()
            .filter(slice -> slice.reading() && !slice.writing())
            .sorted(Comparator.comparingLong(Slice::readNanos))
            .toList();
    for (Slice slice : idle.subList(0, Math.max(0, idle.size() - settings.readersMax()))) {
      slice.closeReader();
    }
  }

  /** Oldest first. */
  Collection<Slice> slices() {
    return slices.values();
  }

  NavigableMap<LocalDate, Slice> byDay() {
    return slices;
  }

  Optional<Slice> day(LocalDate day) {
    return Optional.ofNullable(slices.get(day));
  }

  /** Drops what nobody wants to keep; see the port. */
  int retain(Map<ProjectId, LocalDate> keepFrom) throws IOException {
    return new Retention(keepFrom, nanoTime).apply(this);
  }

  /**
   * Removes events for good.
   *
   * @return how many
   */
  long erase(Erasing which, Positions positions) throws IOException {
    long events = 0;
    for (Slice slice : List.copyOf(slices.values())) {
      slice.refresh();
      SliceErasure erasure = new SliceErasure(which, new EventDocument());
      long found = found(slice, erasure);
      if (erasure.isDue() || slice.remembers(which)) {
        if (!slice.writing()) {
          makeRoomForWriter();
        }
        slice.erase(erasure, nanoTime.getAsLong());
        slice.commit(positions);
        slice.refresh();
      }
      slice.dropStrays(nanoTime.getAsLong());
      events += found;
    }
    commit(positions);
    drop(empty());
    return events;
  }

  private long found(Slice slice, SliceErasure erasure) throws IOException {
    DirectoryReader reader = slice.acquire(nanoTime.getAsLong());
    if (reader == null) {
      return 0;
    }
    try {
      return erasure.find(reader);
    } finally {
      reader.decRef();
    }
  }

  private List<Slice> empty() throws IOException {
    List<Slice> empty = new ArrayList<>();
    for (Slice slice : slices.values()) {
      DirectoryReader reader = slice.acquire(nanoTime.getAsLong());
      if (reader != null) {
        if (reader.numDocs() == 0) {
          empty.add(slice);
        }
        reader.decRef();
      }
    }
    return empty;
  }

  /** Takes slices out of the index and off the disk. */
  void drop(List<Slice> dropped) throws IOException {
    for (Slice slice : dropped) {
      slices.remove(slice.day());
    }
    writeCheckpoint(committed); // First, so that a crash finds no slice missing.
    for (Slice slice : dropped) {
      slice.close();
      SliceDirectories.remove(slice.path());
    }
  }

  /** Keeps it open for somebody who reads; false when it is closed already. */
  synchronized boolean hold() {
    if (holders == 0) {
      return false;
    }
    holders++;
    return true;
  }

  /** Lets go as {@link #release} does, and has the last one remove the files too. */
  void retire() throws IOException {
    synchronized (this) {
      retired = true;
    }
    release();
  }

  /** Lets go; the last one closes. */
  void release() throws IOException {
    synchronized (this) {
      if (--holders > 0) {
        return;
      }
    }
    close();
    if (retired) {
      SliceDirectories.remove(path);
    }
  }

  private void close() throws IOException {
    IOException failure = null;
    for (Slice slice : slices.values()) {
      try {
        slice.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
