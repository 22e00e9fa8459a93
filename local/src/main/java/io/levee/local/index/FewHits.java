package io.levee.local.index;

import io.levee.engine.index.SearchRequest.Order;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.ProjectId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The hits of a rare word or an id: looked up in each segment's dictionary once, and looked at one
 * by one, without what Lucene prepares for millions of them. To which project a hit belongs is
 * asked of the hit: looking projects up in segments that have no hit would cost as much again. Used
 * once, by one thread.
 *
 * @param segments that may have hits
 * @param expected how many there are at most, of all projects, as far as Lucene can tell
 */
record FewHits(List<Segment> segments, long expected) {
  private static final String PROJECT = Schema.FACET_PREFIX + "project";

  private static final Comparator<FieldDoc> OLDEST_FIRST =
      Comparator.comparingLong((FieldDoc hit) -> (long) hit.fields[0])
          .thenComparingLong(hit -> (long) hit.fields[1]);

  /** A segment and what finds its hits. */
  private record Segment(LeafReaderContext leaf, ScorerSupplier hits, long most) {}

  /**
   * What a query finds in all projects.
   *
   * @param rewritten for this reader
   */
  static FewHits of(IndexReader reader, Query rewritten) throws IOException {
    IndexSearcher searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null); // Asking it takes longer than finding a few.
    Weight weight = searcher.createWeight(rewritten, ScoreMode.COMPLETE_NO_SCORES, 1);
    List<Segment> segments = new ArrayList<>();
    long expected = 0;
    for (LeafReaderContext leaf : reader.leaves()) {
      ScorerSupplier hits = weight.scorerSupplier(leaf);
      long most = hits == null ? 0 : hits.cost(); // Only this looks the word up.
      if (hits != null && most > 0) {
        segments.add(new Segment(leaf, hits, most));
        expected += most;
      }
    }
    return new FewHits(segments, expected);
  }

  /** How many hits there are at most that others find too. */
  long expectedAmong(FewHits others) {
    Map<Integer, Long> most = new HashMap<>();
    others.segments.forEach(segment -> most.put(segment.leaf().ord, segment.most()));
    return segments.stream()
        .mapToLong(segment -> Math.min(segment.most(), most.getOrDefault(segment.leaf().ord, 0L)))
        .sum();
  }

  /**
   * The first hits behind the cursor in an order, with time and tie as sort values.
   *
   * @param fromNanos inclusive
   * @param toNanos inclusive
   */
  List<FieldDoc> first(
      ProjectScope scope,
      Order order,
      @Nullable PageCursor after,
      long fromNanos,
      long toNanos,
      int limit)
      throws IOException {
    Comparator<FieldDoc> nearest = order == Order.NEWEST ? OLDEST_FIRST.reversed() : OLDEST_FIRST;
    @Nullable FieldDoc last = after == null ? null : hit(0, after.timeNanos(), after.tie());
    List<FieldDoc> hits = new ArrayList<>();
    for (Segment segment : segments) {
      for (FieldDoc hit : hits(segment, scope)) {
        long time = (long) hit.fields[0];
        boolean within = time >= fromNanos && time <= toNanos;
        if (within && (last == null || nearest.compare(hit, last) > 0)) {
          hits.add(hit);
        }
      }
    }
    hits.sort(nearest);
    return hits.size() > limit ? hits.subList(0, limit) : hits;
  }

  private static FieldDoc hit(int doc, long timeNanos, long tie) {
    return new FieldDoc(doc, Float.NaN, new Object[] {timeNanos, tie});
  }

  private static List<FieldDoc> hits(Segment segment, ProjectScope scope) throws IOException {
    LeafReader reader = segment.leaf().reader();
    Bits live = reader.getLiveDocs();
    NumericDocValues stacks = reader.getNumericDocValues(Schema.STACK_KEY); // They are no events.
    SortedDocValues projects = DocValues.getSorted(reader, PROJECT);
    NumericDocValues times = DocValues.getNumeric(reader, Schema.TIME);
    NumericDocValues ties = DocValues.getNumeric(reader, Schema.TIE);
    List<FieldDoc> hits = new ArrayList<>();
    DocIdSetIterator docs = segment.hits().get(Long.MAX_VALUE).iterator();
    for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
      boolean deleted = live != null && !live.get(doc);
      boolean stack = stacks != null && stacks.advanceExact(doc);
      if (!deleted
          && !stack
          && projects.advanceExact(doc)
          && covers(scope, projects.lookupOrd(projects.ordValue()))
          && times.advanceExact(doc)
          && ties.advanceExact(doc)) {
        hits.add(hit(segment.leaf().docBase + doc, times.longValue(), ties.longValue()));
      }
    }
    return hits;
  }

  private static boolean covers(ProjectScope scope, BytesRef project) {
    return scope.covers(new ProjectId(Long.parseLong(project.utf8ToString())));
  }
}
