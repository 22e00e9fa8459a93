package io.levee.local.index;

import io.levee.engine.index.EventConsumer;
import java.io.IOException;
import org.apache.lucene.codecs.StoredFieldsReader;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;

/** Shows the matching events of a slice as they lie there, each block unpacked once. */
final class EventWalk {
  private EventWalk() {}

  /** Whether the consumer took all. */
  static boolean walk(IndexSearcher searcher, Query query, EventConsumer consumer)
      throws IOException {
    Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      Scorer scorer = weight.scorer(leaf);
      if (scorer == null) {
        continue;
      }
      Bits live = leaf.reader().getLiveDocs();
      StoredFieldsReader stored =
          ((CodecReader) leaf.reader()).getFieldsReader().getMergeInstance();
      DocIdSetIterator docs = scorer.iterator();
      for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
        boolean wanted =
            (live != null && !live.get(doc)) || consumer.take(SliceReader.event(stored, doc));
        if (!wanted) {
          return false;
        }
      }
    }
    return true;
  }
}
