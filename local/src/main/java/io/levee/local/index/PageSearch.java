package io.levee.local.index;

import io.levee.engine.index.SearchRequest;
import io.levee.engine.index.SearchRequest.Order;
import io.levee.engine.query.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DocValuesSkipper;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first hits of one slice in order of time. Few hits are looked at one by one, see {@link
 * FewHits}.
 *
 * <p>Events come to a slice roughly in order of time, so the skip index over the times finds a
 * stretch of time without looking at the rest. Instead of sorting all hits, this looks at a stretch
 * at the near end that should hold about twice the hits that are wanted, by the number of hits that
 * Lucene expects, and goes on with longer ones while hits are missing. So the newest hundred of
 * millions cost about what two hundred hits cost, without an index sorted on disk.
 */
final class PageSearch {
  private static final int HITS_TO_SORT_AT_ONCE = 2_000;
  private static final int STRETCH_GROWTH = 8;

  private final SliceReader slice;
  private final IndexSearcher searcher;
  private final SearchRequest request;
  private final Order order;
  private final @Nullable PageCursor after;

  PageSearch(SliceReader slice, SearchRequest request, @Nullable PageCursor after) {
    this.slice = slice;
    this.searcher = slice.searcher();
    this.request = request;
    this.order = request.order();
    this.after = after;
  }

  /**
   * The first hits behind the cursor, nearest first, with time and tie as sort values.
   *
   * @param sought in all projects
   */
  List<FieldDoc> hits(Query sought, int limit) throws IOException {
    long fromNanos = Values.nanos(request.range().from());
    long toNanos = Values.nanos(request.range().to()) - 1;
    Query rewritten = slice.rewritten(sought);
    FewHits few = FewHits.of(searcher.getIndexReader(), rewritten);
    long most = Math.max(HITS_TO_SORT_AT_ONCE, 4L * limit);
    if (few.expected() <= most) {
      return few.first(request.scope(), order, after, fromNanos, toNanos, limit);
    }
    Query projects = slice.rewritten(LuceneQueries.projects(request.scope()));
    long expected = few.expectedAmong(FewHits.of(searcher.getIndexReader(), projects));
    Query query = LuceneQueries.within(request.scope(), rewritten);
    long earliest = DocValuesSkipper.globalMinValue(searcher.getIndexReader(), Schema.TIME);
    long latest = DocValuesSkipper.globalMaxValue(searcher.getIndexReader(), Schema.TIME);
    long low = Math.max(fromNanos, earliest);
    long high = Math.min(toNanos, latest);
    if (after != null && order == Order.NEWEST) {
      high = Math.min(high, after.timeNanos());
    } else if (after != null) {
      low = Math.max(low, after.timeNanos());
    }
    List<FieldDoc> hits = new ArrayList<>();
    long length = expected <= most ? -1 : firstStretch(latest - earliest, limit, expected);
    while (low <= high && hits.size() < limit) {
      boolean last = length < 0 || length >= high - low;
      long from = order == Order.OLDEST || last ? low : high - length;
      long to = order == Order.NEWEST || last ? high : low + length;
      hits.addAll(stretch(query, from, to, limit - hits.size()));
      if (last) {
        break;
      }
      if (order == Order.NEWEST) {
        high = from - 1;
      } else {
        low = to + 1;
      }
      length = length > Long.MAX_VALUE / STRETCH_GROWTH ? -1 : length * STRETCH_GROWTH;
    }
    return hits;
  }

  /** How much time, in ns, should hold twice the hits; -1 for all of it. */
  private static long firstStretch(long span, int limit, long expected) {
    return span <= 0 ? -1 : Math.max(1, (long) (span * (2.0 * limit / expected)));
  }

  private List<FieldDoc> stretch(Query query, long from, long to, int limit) throws IOException {
    boolean newest = order == Order.NEWEST;
    Sort sort =
        new Sort(
            new SortField(Schema.TIME, SortField.Type.LONG, newest),
            new SortField(Schema.TIE, SortField.Type.LONG, newest));
    ScoreDoc[] found =
        searcher.search(
                LuceneQueries.between(query, from, to),
                new TopFieldCollectorManager(sort, limit, behind(), limit))
            .scoreDocs;
    List<FieldDoc> hits = new ArrayList<>();
    for (ScoreDoc hit : found) {
      hits.add((FieldDoc) hit);
    }
    return hits;
  }

  private @Nullable FieldDoc behind() {
    return after == null
        ? null
        : new FieldDoc(
            searcher.getIndexReader().maxDoc() - 1,
            Float.NaN,
            new Object[] {after.timeNanos(), after.tie()});
  }
}
