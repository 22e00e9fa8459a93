package io.levee.local.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Adds up weights by the values of several keys that share doc values, in one pass: reading an
 * event's values costs more than counting them. Used by one thread.
 */
final class KeyFacets extends SimpleCollector {
  private final String field;
  private final List<FacetCounts> counts;
  private final BytesRef[] prefixes;
  private final long[] firsts;
  private final long[] behinds;

  // Of the segment that is read.
  private SortedSetDocValues values = DocValues.emptySortedSet();
  private long[][] sums = new long[0][];
  private @Nullable NumericDocValues extraWeights;

  /**
   * @param counts of keys in this field, which take the sums
   */
  KeyFacets(String field, List<FacetCounts> counts) {
    this.field = field;
    this.counts = counts.stream().sorted((a, b) -> bytes(a).compareTo(bytes(b))).toList();
    this.prefixes = this.counts.stream().map(KeyFacets::bytes).toArray(BytesRef[]::new);
    this.firsts = new long[counts.size()];
    this.behinds = new long[counts.size()];
  }

  private static BytesRef bytes(FacetCounts counts) {
    return new BytesRef(counts.prefix());
  }

  @Override
  protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
    addUp();
    values = DocValues.getSortedSet(leaf.reader(), field);
    extraWeights = leaf.reader().getNumericDocValues(Schema.EXTRA_WEIGHT);
    sums = new long[prefixes.length][];
    for (int i = 0; i < prefixes.length; i++) {
      BytesRef end = BytesRef.deepCopyOf(prefixes[i]); // Ends with an ASCII separator.
      end.bytes[end.offset + end.length - 1]++;
      firsts[i] = ordAtOrBehind(prefixes[i]);
      behinds[i] = ordAtOrBehind(end);
      sums[i] = new long[Math.toIntExact(behinds[i] - firsts[i])];
    }
  }

  private long ordAtOrBehind(BytesRef term) throws IOException {
    long ord = values.lookupTerm(term);
    return ord >= 0 ? ord : -ord - 1;
  }

  @Override
  public void collect(int doc) throws IOException {
    if (!values.advanceExact(doc)) {
      return;
    }
    long weight = 1;
    if (extraWeights != null && extraWeights.advanceExact(doc)) {
      weight += extraWeights.longValue();
    }
    int key = 0;
    for (int i = 0; i < values.docValueCount(); i++) {
      long ord = values.nextOrd(); // They ascend, as the keys do.
      while (key < behinds.length && ord >= behinds[key]) {
        key++;
      }
      if (key < firsts.length && ord >= firsts[key]) {
        sums[key][(int) (ord - firsts[key])] += weight;
      }
    }
  }

  /** Gives on what was summed up in the segment, while it is still open. */
  void addUp() throws IOException {
    for (int key = 0; key < sums.length; key++) {
      for (int i = 0; i < sums[key].length; i++) {
        if (sums[key][i] > 0) {
          BytesRef term = values.lookupOrd(firsts[key] + i);
          int prefix = prefixes[key].length;
          String value =
              new String(
                  term.bytes, term.offset + prefix, term.length - prefix, StandardCharsets.UTF_8);
          counts.get(key).add(value, sums[key][i]);
        }
      }
    }
    sums = new long[0][];
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE_NO_SCORES;
  }
}
