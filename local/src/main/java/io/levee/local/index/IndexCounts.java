package io.levee.local.index;

import io.levee.engine.index.EventCount;
import io.levee.engine.index.FacetValue;
import io.levee.engine.index.Histogram;
import io.levee.engine.index.Tally;
import io.levee.engine.index.TallyRequest;
import io.levee.engine.query.Fields;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.query.Values;
import io.levee.engine.registry.ProjectScope;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MultiCollector;
import org.jspecify.annotations.Nullable;

/**
 * Counts the events of a generation's slices. What {@link Rollups} hold is taken from there: whole
 * steps of time; the edges of a range are looked through. Thread-safe.
 */
final class IndexCounts {
  private static final long DAY_NANOS = Duration.ofDays(1).toNanos();

  /** Steps of counts by project and level alone. */
  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

  /** Steps of counts by one more field: every time zone's hours begin with one. */
  private static final long QUARTER_NANOS = Duration.ofMinutes(15).toNanos();

  /** Values of all segments that are counted at once for the most frequent: 4 bytes each. */
  private static final long PLACES_MAX = 12_000_000;

  private static final Boundaries NOWHERE = (from, to, step) -> true;

  private final IndexReads reads;
  private final Rollups rollups;

  IndexCounts(IndexReads reads, Rollups rollups) {
    this.reads = reads;
    this.rollups = rollups;
  }

  RollupState rollups() {
    return rollups.state();
  }

  /** Where events must be told apart by time. */
  private interface Boundaries {
    /** Whether all boundaries between two times, these not included, lie between two steps. */
    boolean fit(long fromNanos, long toNanos, long stepNanos);
  }

  /**
   * What is looked for.
   *
   * @param scoped the query within the scope, in Lucene's words
   */
  private record Sought(
      ProjectScope scope, Query query, TimeRange range, org.apache.lucene.search.Query scoped) {
    static Sought of(ProjectScope scope, Query query, TimeRange range) {
      return new Sought(scope, query, range, LuceneQueries.scoped(scope, query));
    }

    Sought butNot(org.apache.lucene.search.Query others) {
      return new Sought(scope, query, range, LuceneQueries.butNot(scoped, others));
    }
  }

  EventCount count(Generation generation, ProjectScope scope, Query query, TimeRange range)
      throws IOException {
    Sought sought = Sought.of(scope, query, range);
    RollupFilter filter = RollupFilter.of(query, List.of());
    if (filter != null) {
      EventSum sum = new EventSum();
      reads.each(
          generation,
          range,
          (slice, day) -> {
            collect(slice, day, sought, filter, NOWHERE, sum);
            return true;
          });
      return sum.result();
    }
    WeightSum weights = new WeightSum();
    long[] stored = new long[1];
    reads.each(
        generation,
        range,
        (slice, day) -> {
          org.apache.lucene.search.Query within =
              slice.rewritten(IndexReads.within(sought.scoped(), range, day));
          stored[0] += slice.searcher().count(within);
          slice.collect(
              new BooleanQuery.Builder()
                  .add(within, Occur.FILTER)
                  .add(new FieldExistsQuery(Schema.EXTRA_WEIGHT), Occur.FILTER)
                  .build(),
              weights);
          return true;
        });
    return new EventCount(stored[0] + weights.sum(), stored[0]);
  }

  Histogram histogram(
      Generation generation, ProjectScope scope, Query query, TimeRange range, Duration bucket)
      throws IOException {
    Sought sought = Sought.of(scope, query, range);
    TimeHistogram histogram = new TimeHistogram(range, bucket);
    RollupFilter filter = RollupFilter.of(query, List.of());
    Boundaries buckets = (from, to, step) -> bucket.toNanos() % step == 0;
    reads.each(
        generation,
        range,
        (slice, day) -> {
          collect(slice, day, sought, filter, buckets, histogram);
          return true;
        });
    return histogram.result();
  }

  Map<String, List<FacetValue>> facets(
      Generation generation,
      ProjectScope scope,
      Query query,
      TimeRange range,
      List<String> fields,
      int top)
      throws IOException {
    Sought sought = Sought.of(scope, query, range);
    Map<String, FacetCounts> counts = new LinkedHashMap<>();
    fields.forEach(field -> counts.put(field, FacetCounts.of(field)));
    if (counts.isEmpty()) {
      return Map.of();
    }
    Map<FacetCounts, RollupFilter> rolled = new LinkedHashMap<>();
    List<FacetCounts> others = new ArrayList<>();
    counts.forEach((name, count) -> {
      RollupFilter filter = RollupFilter.of(query, List.of(Fields.canonical(name)));
      if (filter == null) {
        others.add(count);
      } else {
        rolled.put(count, filter);
      }
    });
    reads.each(
        generation,
        range,
        (slice, day) -> {
          for (Map.Entry<FacetCounts, RollupFilter> count : rolled.entrySet()) {
            collect(slice, day, sought, count.getValue(), NOWHERE, count.getKey());
          }
          if (!others.isEmpty()) {
            collect(slice, IndexReads.within(sought.scoped(), range, day), others);
          }
          for (FacetCounts count : counts.values()) {
            count.endSlice();
          }
          return true;
        });
    Map<String, List<FacetValue>> tops = new LinkedHashMap<>();
    counts.forEach((field, count) -> tops.put(field, count.top(top)));
    return tops;
  }

  /** One pass for all fields: finding the events costs more than counting them. */
  private static void collect(
      SliceReader slice, org.apache.lucene.search.Query query, List<FacetCounts> fields)
      throws IOException {
    List<Collector> all = new ArrayList<>();
    Map<String, List<FacetCounts>> sharing = new LinkedHashMap<>();
    for (FacetCounts field : fields) {
      if (field.prefix().isEmpty()) {
        all.add(field);
      } else {
        sharing.computeIfAbsent(field.doc(), ignored -> new ArrayList<>()).add(field);
      }
    }
    List<KeyFacets> keys = new ArrayList<>();
    sharing.forEach((doc, counts) -> keys.add(new KeyFacets(doc, counts)));
    all.addAll(keys);
    slice.collect(slice.rewritten(query), MultiCollector.wrap(all));
    for (KeyFacets counted : keys) {
      counted.addUp();
    }
  }

  /** Counts by fields and stretches of time; empty when doc values can't say. */
  Optional<Tally> tally(Generation generation, TallyRequest request) throws IOException {
    List<TallyField> fields = new ArrayList<>();
    for (String name : request.fields()) {
      TallyField field = TallyField.of(name);
      if (field == null) {
        return Optional.empty();
      }
      fields.add(field);
    }
    Sought sought = Sought.of(request.scope(), request.query(), request.range());
    if (request.top() > 0 && fields.size() == 1 && request.starts().isEmpty()) {
      Tally top = top(generation, request, fields.getFirst(), sought);
      if (top != null) {
        return Optional.of(top);
      }
    }
    SliceTally tally = new SliceTally(fields, request.starts(), request.groupsMax());
    RollupFilter filter =
        RollupFilter.of(request.query(), fields.stream().map(TallyField::name).toList());
    Boundaries starts = starts(request.starts());
    long[] unread = new long[1];
    reads.each(
        generation,
        request.range(),
        (slice, day) -> {
          unread[0] += tally(slice, day, sought, filter, starts, fields, tally);
          return !tally.groups().isOver();
        });
    return tally.groups().isOver()
        ? Optional.empty()
        : Optional.of(Tally.ofAll(tally.groups().result(), tally.stored(), unread[0]));
  }

  /**
   * The groups with the most events alone; null when they are found as soon with the others, or
   * some events have to be read.
   */
  private @Nullable Tally top(
      Generation generation, TallyRequest request, TallyField field, Sought sought)
      throws IOException {
    if (RollupFilter.of(request.query(), List.of(field.name())) != null
        && !hasManyValues(generation, request.range(), field)) {
      return null;
    }
    TopTally top = new TopTally(field.name(), request.top(), PLACES_MAX);
    Optional<Tally> found =
        reads.together(
            generation,
            request.range(),
            (slices, deadline) -> {
              for (IndexReads.Opened slice : slices) {
                org.apache.lucene.search.Query uncounted = slice.reader().uncounted(List.of(field));
                if (uncounted != null
                    && slice
                            .reader()
                            .searcher()
                            .count(
                                IndexReads.within(
                                    LuceneQueries.both(sought.scoped(), uncounted),
                                    sought.range(),
                                    slice.day()))
                        > 0) {
                  return Optional.empty();
                }
                slice
                    .reader()
                    .collect(IndexReads.within(sought.scoped(), sought.range(), slice.day()), top);
                deadline.check(slice.reader());
              }
              return top.isOver() ? Optional.empty() : Optional.of(top.result(deadline));
            });
    return found.orElse(null);
  }

  /** Whether a segment has too many for counts of it to be held. */
  private boolean hasManyValues(Generation generation, TimeRange range, TallyField field)
      throws IOException {
    boolean[] many = new boolean[1];
    reads.each(
        generation,
        range,
        (slice, day) -> {
          for (LeafReaderContext leaf : slice.searcher().getIndexReader().leaves()) {
            many[0] |= field.open(leaf.reader()) > SegmentRollup.VALUES_MAX;
          }
          return !many[0];
        });
    return many[0];
  }

  /** Counts a slice; how many of its events can't be counted by these fields. */
  private long tally(
      SliceReader slice,
      LocalDate day,
      Sought sought,
      @Nullable RollupFilter filter,
      Boundaries starts,
      List<TallyField> fields,
      SliceTally tally)
      throws IOException {
    org.apache.lucene.search.Query uncounted = slice.uncounted(fields);
    int unread =
        uncounted == null
            ? 0
            : slice
                .searcher()
                .count(
                    IndexReads.within(
                        LuceneQueries.both(sought.scoped(), uncounted), sought.range(), day));
    if (uncounted == null || unread == 0) {
      collect(slice, day, sought, filter, starts, tally);
    } else {
      Sought counted = sought.butNot(uncounted);
      collect(slice, day, counted, null, starts, tally);
    }
    tally.endSegment();
    return unread;
  }

  /** What lies before the first of the stretches belongs to it. */
  private static Boundaries starts(List<Instant> starts) {
    long[] nanos = starts.stream().skip(1).mapToLong(Values::nanos).toArray();
    return (from, to, step) -> {
      int found = Arrays.binarySearch(nanos, from);
      for (int i = found < 0 ? -found - 1 : found; i < nanos.length && nanos[i] < to; i++) {
        if (nanos[i] > from && nanos[i] % step != 0) {
          return false;
        }
      }
      return true;
    };
  }

  /**
   * Shows a collector the hits of a slice; those of whole steps as counts, when there is a filter.
   */
  private <C extends Collector & RolledPass.Counter> void collect(
      SliceReader slice,
      LocalDate day,
      Sought sought,
      @Nullable RollupFilter filter,
      Boundaries boundaries,
      C collector)
      throws IOException {
    long dayFrom = Values.nanos(day.atStartOfDay().toInstant(ZoneOffset.UTC));
    long dayTo = Values.nanos(day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    long from = Math.max(dayFrom, Values.nanos(sought.range().from()));
    long to = Math.min(dayTo, Values.nanos(sought.range().to()));
    boolean allDay = from == dayFrom && to == dayTo;
    long step = filter == null ? 0 : step(filter, boundaries, from, to, allDay);
    long wholeFrom = step == 0 ? to : Math.ceilDiv(from, step) * step;
    long wholeTo = step == 0 ? to : Math.floorDiv(to, step) * step;
    if (filter == null || wholeFrom >= wholeTo) {
      slice.collect(IndexReads.within(sought.scoped(), sought.range(), day), collector);
      return;
    }
    collector.rollUp(new RolledPass(rollups, filter, sought.scope(), step, wholeFrom, wholeTo));
    slice.collect(
        allDay ? sought.scoped() : LuceneQueries.between(sought.scoped(), wholeFrom, wholeTo - 1),
        collector);
    collector.rollUp(null);
    if (from < wholeFrom) {
      slice.collect(LuceneQueries.between(sought.scoped(), from, wholeFrom - 1), collector);
    }
    if (wholeTo < to) {
      slice.collect(LuceneQueries.between(sought.scoped(), wholeTo, to - 1), collector);
    }
  }

  /**
   * How long steps may be that each lie in one stretch; 0 when there are none. Whole days make few
   * cells, so that those of many fields can be held.
   */
  private static long step(
      RollupFilter filter, Boundaries boundaries, long from, long to, boolean allDay) {
    if (allDay && boundaries.fit(from, to, DAY_NANOS)) {
      return DAY_NANOS;
    }
    long fine = filter.field() == null ? MINUTE_NANOS : QUARTER_NANOS;
    return boundaries.fit(from, to, fine) ? fine : 0;
  }
}
