package io.levee.local.index;

import io.levee.engine.query.Values;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.DocValuesSkipper;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.jspecify.annotations.Nullable;

/**
 * Counts the events of slices by the values of fields and by stretches of time. Within a segment it
 * counts by the places of values in the segment's dictionaries; the words themselves are looked up
 * once a segment. The time of an event is looked at only where the skip index does not say that its
 * whole block lies in one stretch.
 */
final class SliceTally extends SimpleCollector {
  private final List<TallyField> fields;
  private final long[] starts;
  private final TallyGroups groups;

  // Of the segment that is read.
  private @Nullable NumericDocValues times;
  private @Nullable DocValuesSkipper skipper;
  private NumericDocValues extraWeights = DocValues.emptyNumeric();
  private boolean weighted;
  private int blockEnd;
  private int blockStretch;
  private @Nullable TallyCells cells;
  private long stored;

  /**
   * @param starts where stretches begin; none when time does not matter
   */
  SliceTally(List<TallyField> fields, List<Instant> starts, int groupsMax) {
    this.fields = List.copyOf(fields);
    this.starts = starts.stream().mapToLong(Values::nanos).toArray();
    this.groups = new TallyGroups(groupsMax);
  }

  @Override
  protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
    endSegment();
    if (groups.isOver()) {
      throw new CollectionTerminatedException();
    }
    long[] sizes = new long[fields.size() + 1];
    for (int i = 0; i < fields.size(); i++) {
      sizes[i] = fields.get(i).open(leaf.reader()) + 1;
    }
    sizes[fields.size()] = Math.max(1, starts.length);
    cells = new TallyCells(sizes);
    NumericDocValues weights = leaf.reader().getNumericDocValues(Schema.EXTRA_WEIGHT);
    weighted = weights != null;
    extraWeights = weights == null ? DocValues.emptyNumeric() : weights;
    times = leaf.reader().getNumericDocValues(Schema.TIME);
    skipper = leaf.reader().getDocValuesSkipper(Schema.TIME);
    blockEnd = -1;
  }

  @Override
  public void collect(int doc) throws IOException {
    TallyCells counting = cells;
    if (counting == null) {
      return; // No segment is open.
    }
    long weight = 1;
    if (weighted && extraWeights.advanceExact(doc)) {
      weight += extraWeights.longValue();
    }
    long cell = starts.length == 0 ? 0 : stretch(doc);
    for (int i = fields.size() - 1; i >= 0; i--) {
      cell = cell * counting.size(i) + fields.get(i).place(doc) + 1;
    }
    counting.add(cell, weight);
    stored++;
    if (counting.used() > groups.most()) {
      groups.overflow();
      throw new CollectionTerminatedException();
    }
  }

  private int stretch(int doc) throws IOException {
    if (doc > blockEnd) {
      lookAtBlock(doc);
    }
    if (blockStretch >= 0) {
      return blockStretch;
    }
    NumericDocValues values = times;
    return values != null && values.advanceExact(doc) ? at(values.longValue()) : 0;
  }

  /** The longest block of the skip index around a document that lies in one stretch of time. */
  private void lookAtBlock(int doc) throws IOException {
    blockStretch = -1;
    DocValuesSkipper skips = skipper;
    if (skips == null) {
      blockEnd = DocIdSetIterator.NO_MORE_DOCS;
      return;
    }
    if (skips.maxDocID(0) < doc) {
      skips.advance(doc);
    }
    if (skips.minDocID(0) > doc) {
      blockEnd = skips.minDocID(0) - 1;
      return;
    }
    blockEnd = skips.maxDocID(0);
    for (int level = 0; level < skips.numLevels(); level++) {
      int first = at(skips.minValue(level));
      if (first != at(skips.maxValue(level))) {
        return;
      }
      blockStretch = first;
      blockEnd = skips.maxDocID(level);
    }
  }

  private int at(long nanos) {
    int found = java.util.Arrays.binarySearch(starts, nanos);
    return Math.max(0, found >= 0 ? found : -found - 2);
  }

  /** To be called behind the last segment of a slice, while it is still open. */
  void endSegment() throws IOException {
    TallyCells counted = cells;
    cells = null;
    if (counted != null && !groups.isOver()) {
      counted.forEach((cell, events) -> groups.add(group(counted, cell), events));
    }
  }

  /** A cell's stretch and words. */
  private TallyGroups.Key group(TallyCells counted, long cell) throws IOException {
    @Nullable String[] values = new String[fields.size()];
    long rest = cell;
    for (int i = 0; i < fields.size(); i++) {
      long place = rest % counted.size(i) - 1;
      rest /= counted.size(i);
      values[i] = place < 0 ? null : fields.get(i).word(place);
    }
    return new TallyGroups.Key(starts.length == 0 ? -1 : (int) rest, values);
  }

  TallyGroups groups() {
    return groups;
  }

  long stored() {
    return stored;
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE_NO_SCORES;
  }
}
