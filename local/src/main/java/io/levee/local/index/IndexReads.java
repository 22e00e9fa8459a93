package io.levee.local.index;

import io.levee.engine.index.EventConsumer;
import io.levee.engine.index.EventReading;
import io.levee.engine.index.SearchPage;
import io.levee.engine.index.SearchRequest;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.query.TimeRange;
import io.levee.engine.query.Values;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.BackendException;
import io.levee.engine.run.Finding;
import io.levee.event.EventId;
import java.io.EOFException;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;

/** Answers questions from the slices of a generation. Thread-safe. */
final class IndexReads {
  /** A page that has so many bytes holds no more events, whatever was asked for. */
  private static final long PAGE_BYTES_MAX = 16 << 20;

  private static final int LOAD_AT_ONCE = 50;

  private final IndexSettings settings;
  private final LongSupplier nanoTime;

  IndexReads(IndexSettings settings, LongSupplier nanoTime) {
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  /** Something to read from a generation. */
  interface Reading<T> {
    T of(Generation generation) throws IOException;
  }

  /** Something to do with a slice; false ends the reading. */
  interface SliceWork {
    boolean on(SliceReader slice, LocalDate day) throws IOException;
  }

  /** Says failures in the words of the port. */
  static <T> T guarded(String backend, String operation, LuceneEventIndex.Work<T> work) {
    try {
      return work.run();
    } catch (CorruptIndexException | EOFException e) {
      throw new BackendException.Corrupt(backend, operation, String.valueOf(e.getMessage()), e);
    } catch (IOException | AlreadyClosedException e) {
      throw new BackendException.Unavailable(backend, operation, String.valueOf(e.getMessage()), e);
    }
  }

  /** Compares every file's checksum with what it holds. */
  List<Finding> damage(Generation generation) throws IOException {
    List<Finding> damage = new ArrayList<>();
    for (Slice slice : generation.slices()) {
      try {
        DirectoryReader reader = slice.acquire(nanoTime.getAsLong());
        if (reader != null) {
          checkIntegrity(reader);
          slice.checkDictionaries();
        }
      } catch (CorruptIndexException | EOFException e) {
        damage.add(finding(slice, String.valueOf(e.getMessage())));
      } catch (AlreadyClosedException e) {
        throw e;
      } catch (RuntimeException e) { // What lies in damaged files makes Lucene throw anything.
        damage.add(finding(slice, e.toString()));
      }
    }
    return damage;
  }

  private static Finding finding(Slice slice, String detail) {
    return new Finding("index of " + slice.day() + ", rebuild it: " + detail, true);
  }

  private static void checkIntegrity(DirectoryReader reader) throws IOException {
    try {
      for (LeafReaderContext leaf : reader.leaves()) {
        if (leaf.reader() instanceof CodecReader segment) {
          segment.checkIntegrity();
        }
      }
    } finally {
      reader.decRef();
    }
  }

  SearchPage search(Generation generation, SearchRequest request) throws IOException {
    boolean newest = request.order() == SearchRequest.Order.NEWEST;
    PageCursor after = PageCursor.decode(request.after());
    org.apache.lucene.search.Query sought = LuceneQueries.translate(request.query());
    List<StoredEvent> events = new ArrayList<>();
    FieldDoc[] last = new FieldDoc[1];
    int[] more = new int[1];
    long[] bytes = new long[1];
    each(
        slices(generation, request.range(), newest),
        (slice, day) -> {
          // One more than is wanted tells whether there is a page after this one.
          int wanted = request.limit() - events.size() + 1;
          List<FieldDoc> hits = new PageSearch(slice, request, after).hits(sought, wanted);
          List<FieldDoc> kept = hits.subList(0, Math.min(hits.size(), wanted - 1));
          int loaded = load(slice, kept, events, bytes);
          if (loaded > 0) {
            last[0] = kept.get(loaded - 1);
          }
          more[0] = hits.size() - loaded;
          return more[0] == 0;
        });
    return new SearchPage(events, more[0] == 0 ? null : cursor(last[0]));
  }

  /** Loads until the page has bytes enough; how many it loaded, at least one of those there are. */
  private static int load(
      SliceReader slice, List<FieldDoc> hits, List<StoredEvent> events, long[] bytes)
      throws IOException {
    int loaded = 0;
    while (loaded < hits.size() && bytes[0] < PAGE_BYTES_MAX) {
      int next = Math.min(hits.size(), loaded + LOAD_AT_ONCE);
      for (StoredEvent event : slice.load(hits.subList(loaded, next))) {
        events.add(event);
        bytes[0] += event.json().length;
      }
      loaded = next;
    }
    return loaded;
  }

  private static @Nullable String cursor(@Nullable FieldDoc hit) {
    return hit == null ? null : new PageCursor((Long) hit.fields[0], (Long) hit.fields[1]).encode();
  }

  /** Shows matching events as they lie there; whether the consumer took all. */
  boolean read(Generation generation, EventReading reading, EventConsumer consumer)
      throws IOException {
    org.apache.lucene.search.Query scoped = LuceneQueries.scoped(reading.scope(), reading.query());
    List<TallyField> fields = new ArrayList<>();
    reading.uncountedBy().forEach(name -> fields.add(Objects.requireNonNull(TallyField.of(name))));
    boolean[] all = {true};
    // The consumer says when it has enough; searching for what to show is bounded by it, too.
    eachWithin(
        slices(generation, reading.range(), true),
        Long.MAX_VALUE,
        (slice, day) -> {
          org.apache.lucene.search.Query wanted = wanted(slice, scoped, fields);
          all[0] =
              wanted == null
                  || EventWalk.walk(
                      slice.searcher(), within(wanted, reading.range(), day), consumer);
          return all[0];
        });
    return all[0];
  }

  /** Those of a slice's events that are to be read; null when there is none. */
  private static org.apache.lucene.search.@Nullable Query wanted(
      SliceReader slice, org.apache.lucene.search.Query scoped, List<TallyField> uncountedBy)
      throws IOException {
    if (uncountedBy.isEmpty()) {
      return scoped;
    }
    org.apache.lucene.search.Query uncounted = slice.uncounted(uncountedBy);
    return uncounted == null ? null : LuceneQueries.both(scoped, uncounted);
  }

  Optional<StoredEvent> find(Generation generation, ProjectScope scope, EventId id)
      throws IOException {
    StoredEvent[] found = new StoredEvent[1];
    each(
        generation.byDay().descendingMap().values(),
        (slice, day) -> {
          found[0] = slice.find(scope, id);
          return found[0] == null;
        });
    return Optional.ofNullable(found[0]);
  }

  boolean scan(Generation generation, LocalDate day, Consumer<StoredEvent> consumer)
      throws IOException {
    List<Slice> slices = generation.day(day).stream().toList();
    each(
        slices,
        (slice, ignored) -> {
          slice.scan(consumer);
          return true;
        });
    return !slices.isEmpty();
  }

  /** The slices that a range touches, in order of time. */
  private static Collection<Slice> slices(
      Generation generation, TimeRange range, boolean newestFirst) {
    if (range.from().equals(range.to())) {
      return List.of();
    }
    LocalDate first = LocalDate.ofInstant(range.from(), ZoneOffset.UTC);
    LocalDate last = LocalDate.ofInstant(range.to().minusNanos(1), ZoneOffset.UTC);
    NavigableMap<LocalDate, Slice> touched = generation.byDay().subMap(first, true, last, true);
    return newestFirst ? touched.descendingMap().values() : touched.values();
  }

  /** The query within the range; a slice that lies in it whole needs no look at the times. */
  static org.apache.lucene.search.Query within(
      org.apache.lucene.search.Query query, TimeRange range, LocalDate day) {
    boolean whole =
        !day.atStartOfDay().toInstant(ZoneOffset.UTC).isBefore(range.from())
            && !day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).isAfter(range.to());
    return whole
        ? query
        : LuceneQueries.between(query, Values.nanos(range.from()), Values.nanos(range.to()) - 1);
  }

  /** Goes through the slices that a range touches, oldest first. */
  void each(Generation generation, TimeRange range, SliceWork work) throws IOException {
    each(slices(generation, range, false), work);
  }

  /** A slice that is held. */
  record Opened(SliceReader reader, LocalDate day) {}

  /** When a question has to end. */
  final class Deadline {
    private final long endNanos;

    Deadline(long endNanos) {
      this.endNanos = endNanos;
    }

    /** Throws when it has passed. */
    void check() {
      if (nanoTime.getAsLong() - endNanos > 0) {
        throw tooLong();
      }
    }

    /** Throws when it was passed while a slice was read. */
    void check(SliceReader slice) {
      if (slice.timedOut()) {
        throw tooLong();
      }
    }
  }

  /** Something to do with slices that are held at the same time. */
  interface SlicesWork<T> {
    T on(List<Opened> slices, Deadline deadline) throws IOException;
  }

  /** Holds the slices that a range touches, oldest first, until something was done with all. */
  <T> T together(Generation generation, TimeRange range, SlicesWork<T> work) throws IOException {
    Deadline deadline = new Deadline(nanoTime.getAsLong() + settings.queryMax().toNanos());
    List<DirectoryReader> held = new ArrayList<>();
    try {
      List<Opened> opened = new ArrayList<>();
      for (Slice slice : slices(generation, range, false)) {
        DirectoryReader reader = slice.acquire(nanoTime.getAsLong());
        if (reader != null) {
          held.add(reader);
          opened.add(
              new Opened(
                  new SliceReader(reader, slice.countsLeaves(), nanoTime, deadline.endNanos),
                  slice.day()));
        }
      }
      return PatternTime.within(settings.patternMax(), nanoTime, () -> work.on(opened, deadline));
    } finally {
      for (DirectoryReader reader : held) {
        reader.decRef();
      }
    }
  }

  private BackendException.OverCapacity tooLong() {
    return new BackendException.OverCapacity(
        "index", "search", "takes longer than " + settings.queryMax());
  }

  private void each(Collection<Slice> slices, SliceWork work) throws IOException {
    eachWithin(slices, settings.queryMax().toNanos(), work);
  }

  private void eachWithin(Collection<Slice> slices, long nanosMax, SliceWork work)
      throws IOException {
    PatternTime.within(
        settings.patternMax(),
        nanoTime,
        () -> {
          walk(slices, nanosMax, work);
          return true;
        });
  }

  private void walk(Collection<Slice> slices, long nanosMax, SliceWork work) throws IOException {
    long now = nanoTime.getAsLong();
    long end = nanosMax == Long.MAX_VALUE ? now + (Long.MAX_VALUE >> 1) : now + nanosMax;
    for (Slice slice : slices) {
      DirectoryReader reader = slice.acquire(nanoTime.getAsLong());
      if (reader == null) {
        continue; // Dropped meanwhile.
      }
      try {
        SliceReader reading = new SliceReader(reader, slice.countsLeaves(), nanoTime, end);
        boolean more = work.on(reading, slice.day());
        if (reading.timedOut()) {
          throw tooLong();
        }
        if (!more) {
          return;
        }
      } finally {
        reader.decRef();
      }
    }
  }
}
