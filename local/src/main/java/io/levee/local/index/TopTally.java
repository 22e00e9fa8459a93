package io.levee.local.index;

import io.levee.engine.index.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values of a field that most events have, of however many there are: segments are
 * counted by the places of their values, then their dictionaries, which are sorted, are gone
 * through together. Only values that may be among the most frequent become texts. The readers of
 * all segments must be held until {@link #result}. Used by one thread.
 */
final class TopTally extends SimpleCollector {
  private static final int VALUES_A_LOOK = 4_096;

  private final String field;
  private final int most;
  private final long placesMax;
  private final List<ValueCursor> cursors = new ArrayList<>();
  private final List<PlaceCounts> segments = new ArrayList<>();
  private long places;
  private long stored;

  // Of the segment that is read.
  private TallyField values;
  private PlaceCounts counts = new PlaceCounts(0, false);
  private @Nullable NumericDocValues weights;

  /**
   * @param placesMax values of segments, each with the count it takes, that may be held
   */
  TopTally(String field, int most, long placesMax) {
    this.field = field;
    this.most = most;
    this.placesMax = placesMax;
    this.values = Objects.requireNonNull(TallyField.of(field));
  }

  @Override
  protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
    values = Objects.requireNonNull(TallyField.of(field)); // The one before is still read from.
    long size = values.open(leaf.reader());
    places += size;
    if (isOver()) {
      throw new CollectionTerminatedException();
    }
    weights = leaf.reader().getNumericDocValues(Schema.EXTRA_WEIGHT);
    counts = new PlaceCounts(Math.toIntExact(size), weights != null);
    segments.add(counts);
    values.cursors(counts, cursors);
  }

  @Override
  public void collect(int doc) throws IOException {
    NumericDocValues some = weights;
    long more = some != null && some.advanceExact(doc) ? some.longValue() : 0;
    counts.add((int) values.place(doc), more);
    stored++;
  }

  /** Whether there were too many values, so that there is no result. */
  boolean isOver() {
    return places > placesMax;
  }

  /** The groups with the most events, and that without a value. */
  Tally result(IndexReads.Deadline deadline) throws IOException {
    TopValues top = new TopValues(most);
    long[] sum = new long[2];
    new ValueMerge(cursors)
        .forEach((at, events) -> {
          sum[0] += events;
          if (++sum[1] % VALUES_A_LOOK == 0) {
            deadline.check();
          }
          if (top.wants(events)) {
            top.add(at.value(), events);
          }
        });
    List<Tally.Group> groups = new ArrayList<>(top.result());
    long without = segments.stream().mapToLong(segment -> segment.get(-1)).sum();
    if (without > 0) {
      groups.add(new Tally.Group(-1, new @Nullable String[1], without));
    }
    return new Tally(groups, sum[0] + without, stored, 0);
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE_NO_SCORES;
  }
}
