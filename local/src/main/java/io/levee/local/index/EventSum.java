package io.levee.local.index;

import io.levee.engine.index.EventCount;
import io.levee.event.Level;
import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.jspecify.annotations.Nullable;

/** Adds up how many events there are and how many are stored. */
final class EventSum extends SimpleCollector implements RolledPass.Counter, SegmentRollup.Taker {
  private @Nullable RolledPass rolled;
  private @Nullable NumericDocValues extraWeights;
  private long extra;
  private long stored;

  @Override
  public void rollUp(@Nullable RolledPass pass) {
    rolled = pass;
  }

  @Override
  protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
    if (RolledPass.answered(rolled, leaf.reader(), this)) {
      throw new CollectionTerminatedException();
    }
    extraWeights = leaf.reader().getNumericDocValues(Schema.EXTRA_WEIGHT);
  }

  @Override
  public void of(String project, Level level, @Nullable String value) {}

  @Override
  public void take(long startNanos, long events, long storedEvents) {
    extra += events - storedEvents;
    stored += storedEvents;
  }

  @Override
  public void collect(int doc) throws IOException {
    stored++;
    if (extraWeights != null && extraWeights.advanceExact(doc)) {
      extra += extraWeights.longValue();
    }
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE_NO_SCORES;
  }

  EventCount result() {
    return new EventCount(stored + extra, stored);
  }
}
