package io.levee.local.index;

import io.levee.engine.query.Values;
import io.levee.event.Level;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.jspecify.annotations.Nullable;

/**
 * Counts the events of slices by the values of fields and by stretches of time. Within a segment it
 * counts by the places of values in the segment's dictionaries; the words themselves are looked up
 * once a segment.
 */
final class SliceTally extends SimpleCollector implements RolledPass.Counter, SegmentRollup.Taker {
  private final List<TallyField> fields;
  private final long[] starts;
  private final TallyGroups groups;
  private final Stretches stretches = new Stretches(this::at);
  private @Nullable RolledPass rolled;

  // Of the segment that is read.
  private NumericDocValues extraWeights = DocValues.emptyNumeric();
  private boolean weighted;
  private @Nullable TallyCells cells;
  private long stored;

  // Of the cells of a rollup that are read.
  private @Nullable String[] rolledValues = new String[0];
  private int rolledStretch;
  private long rolledEnd;
  private long rolledEvents;

  /**
   * @param starts where stretches begin; none when time does not matter
   */
  SliceTally(List<TallyField> fields, List<Instant> starts, int groupsMax) {
    this.fields = List.copyOf(fields);
    this.starts = starts.stream().mapToLong(Values::nanos).toArray();
    this.groups = new TallyGroups(groupsMax);
  }

  @Override
  public void rollUp(@Nullable RolledPass pass) {
    rolled = pass;
  }

  @Override
  protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
    endSegment();
    if (groups.isOver()) {
      throw new CollectionTerminatedException();
    }
    if (RolledPass.answered(rolled, leaf.reader(), this)) {
      endRolled();
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
    stretches.open(leaf.reader());
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
    long cell = starts.length == 0 ? 0 : stretches.of(doc);
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

  @Override
  public void of(String project, Level level, @Nullable String value) {
    endRolled();
    @Nullable String[] words = new String[fields.size()];
    for (int i = 0; i < words.length; i++) {
      words[i] = fields.get(i).word(project, level, value);
    }
    rolledValues = words;
    rolledEnd = Long.MIN_VALUE;
  }

  @Override
  public void take(long startNanos, long events, long storedEvents) {
    if (startNanos >= rolledEnd) {
      endRolled();
      rolledStretch = starts.length == 0 ? -1 : at(startNanos);
      boolean last = rolledStretch < 0 || rolledStretch == starts.length - 1;
      rolledEnd = last ? Long.MAX_VALUE : starts[rolledStretch + 1];
    }
    rolledEvents += events;
    stored += storedEvents;
  }

  private void endRolled() {
    if (rolledEvents > 0) {
      groups.add(new TallyGroups.Key(rolledStretch, rolledValues), rolledEvents);
    }
    rolledEvents = 0;
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
