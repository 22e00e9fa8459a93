package io.levee.local.index;

import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.jspecify.annotations.Nullable;

/** Adds up what sampled events stand for beyond themselves. */
final class WeightSum extends SimpleCollector {
  private @Nullable NumericDocValues extraWeights;
  private long sum;

  @Override
  protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
    extraWeights = leaf.reader().getNumericDocValues(Schema.EXTRA_WEIGHT);
  }

  @Override
  public void collect(int doc) throws IOException {
    if (extraWeights != null && extraWeights.advanceExact(doc)) {
      sum += extraWeights.longValue();
    }
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE_NO_SCORES;
  }

  long sum() {
    return sum;
  }
}
