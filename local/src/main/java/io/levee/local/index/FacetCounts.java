package io.levee.local.index;

import io.levee.engine.index.FacetValue;
import io.levee.engine.query.Fields;
import io.levee.event.Level;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Adds up weights by a field's value, over all slices. */
final class FacetCounts extends SimpleCollector implements RolledPass.Counter, SegmentRollup.Taker {
  /** Of a field with more different values those that come later are left out. */
  static final int VALUES_MAX = 500_000;

  private final String doc;
  private final String prefix;
  private final Map<String, Long> sums = new HashMap<>();
  private SortedSetDocValues values = DocValues.emptySortedSet();
  private long firstOrd;
  private long[] counts = new long[0];
  private @Nullable NumericDocValues extraWeights;
  private @Nullable RolledPass rolled;
  private @Nullable String rolledValue;

  private FacetCounts(String doc, String prefix) {
    this.doc = doc;
    this.prefix = prefix;
  }

  /**
   * For an exact field that is faceted, or {@code tags.x}, {@code extra.x}, {@code contexts.x}.
   *
   * @throws IllegalArgumentException for others
   */
  static FacetCounts of(String name) {
    Fields.Field field = Fields.find(name);
    if (field != null && field.faceted()) {
      return new FacetCounts(Schema.FACET_PREFIX + field.name(), "");
    }
    String lower = Fields.canonical(name).toLowerCase(Locale.ROOT);
    if (lower.startsWith("tags.")) {
      return new FacetCounts(Schema.TAGS, Schema.exact(lower, ""));
    }
    if (lower.startsWith("extra.") || lower.startsWith("contexts.")) {
      return new FacetCounts(Schema.LEAVES, Schema.exact(lower, ""));
    }
    throw new IllegalArgumentException(
        "facet: \"" + name + "\" (expected: a faceted field, tags.x, extra.x or contexts.x)");
  }

  @Override
  public void rollUp(@Nullable RolledPass pass) {
    rolled = pass;
  }

  @Override
  protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
    addUp();
    if (RolledPass.answered(rolled, leaf.reader(), this)) {
      throw new CollectionTerminatedException();
    }
    values = sorted(leaf);
    firstOrd = prefix.isEmpty() ? 0 : ordAtOrBehind(new BytesRef(prefix));
    counts = new long[Math.toIntExact(endOrd() - firstOrd)];
    extraWeights = leaf.reader().getNumericDocValues(Schema.EXTRA_WEIGHT);
  }

  private SortedSetDocValues sorted(LeafReaderContext leaf) throws IOException {
    if (!prefix.isEmpty()) {
      return DocValues.getSortedSet(leaf.reader(), doc);
    }
    SortedDocValues single = leaf.reader().getSortedDocValues(doc);
    return single == null ? DocValues.emptySortedSet() : DocValues.singleton(single);
  }

  private long endOrd() throws IOException {
    if (prefix.isEmpty()) {
      return values.getValueCount();
    }
    BytesRef behind = new BytesRef(prefix); // Ends with an ASCII separator.
    behind.bytes[behind.offset + behind.length - 1]++;
    return ordAtOrBehind(behind);
  }

  private long ordAtOrBehind(BytesRef term) throws IOException {
    long ord = values.lookupTerm(term);
    return ord >= 0 ? ord : -ord - 1;
  }

  @Override
  public void collect(int document) throws IOException {
    if (counts.length == 0 || !values.advanceExact(document)) {
      return;
    }
    long weight = 1;
    if (extraWeights != null && extraWeights.advanceExact(document)) {
      weight += extraWeights.longValue();
    }
    for (int i = 0; i < values.docValueCount(); i++) {
      long index = values.nextOrd() - firstOrd;
      if (index >= 0 && index < counts.length) {
        counts[(int) index] += weight;
      }
    }
  }

  /** Adds the counts of the segment that was collected to those of the others. */
  private void addUp() throws IOException {
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        add(values.lookupOrd(firstOrd + i).utf8ToString().substring(prefix.length()), counts[i]);
      }
    }
    counts = new long[0];
  }

  /** The doc values that it counts. */
  String doc() {
    return doc;
  }

  /** What a key's values begin with in doc values that keys share; empty for other fields. */
  String prefix() {
    return prefix;
  }

  /** Adds what was counted elsewhere. */
  void add(String value, long events) {
    if (sums.size() < VALUES_MAX || sums.containsKey(value)) {
      sums.merge(value, events, Long::sum);
    }
  }

  @Override
  public void of(String project, Level level, @Nullable String value) {
    // Projects and levels are counted by, too: then they are what is asked for.
    rolledValue =
        switch (doc) {
          case Schema.FACET_PREFIX + "project" -> project;
          case Schema.FACET_PREFIX + "level" -> level.wireName();
          default -> value;
        };
  }

  @Override
  public void take(long startNanos, long events, long stored) {
    if (rolledValue != null) {
      add(rolledValue, events);
    }
  }

  /** To be called behind each slice, while it is still open. */
  void endSlice() throws IOException {
    addUp();
    values = DocValues.emptySortedSet();
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE_NO_SCORES;
  }

  List<FacetValue> top(int top) {
    return sums.entrySet().stream()
        .map(sum -> new FacetValue(sum.getKey(), sum.getValue()))
        .sorted(
            Comparator.comparingLong(FacetValue::events)
                .reversed()
                .thenComparing(FacetValue::value))
        .limit(top)
        .toList();
  }
}
