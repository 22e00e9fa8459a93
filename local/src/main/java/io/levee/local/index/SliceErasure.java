package io.levee.local.index;

import io.levee.engine.index.Erasing;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.BackendException;
import io.levee.event.Event;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.codecs.StoredFieldsReader;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Takes events out of one slice so that no byte of them is left. A stack's document repeats the doc
 * values of the event that brought it: where that is to go, another event of the stack lends its
 * own. Used by one thread.
 */
final class SliceErasure {
  private static final int REWRITES_MAX = 10;

  private final Erasing which;
  private final EventDocument documents;
  private final List<BytesRef> keys = new ArrayList<>();
  private final Set<Long> ties = new HashSet<>();

  SliceErasure(Erasing which, EventDocument documents) {
    this.which = which;
    this.documents = documents;
  }

  /**
   * Looks for the events, and for what is left of such as were replaced or deleted before; how many
   * there are that still count.
   */
  long find(DirectoryReader reader) throws IOException {
    IndexSearcher searcher = new IndexSearcher(reader);
    Query query = LuceneQueries.scoped(ProjectScope.of(which.project()), which.query());
    Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
    for (LeafReaderContext leaf : reader.leaves()) {
      Scorer scorer = weight.scorer(leaf);
      if (scorer != null) {
        find(leaf.reader(), scorer.iterator());
      }
    }
    return keys.size();
  }

  private void find(LeafReader leaf, DocIdSetIterator docs) throws IOException {
    Bits live = leaf.getLiveDocs();
    StoredFieldsReader stored = ((CodecReader) leaf).getFieldsReader().getMergeInstance();
    for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
      Event event = SliceReader.event(stored, doc).event();
      if (which.takes(event)) {
        ties.add(Schema.tie(event.id(), event.project()));
        if (live == null || live.get(doc)) {
          keys.add(Schema.key(event.id(), event.project()));
        }
      }
    }
  }

  Erasing which() {
    return which;
  }

  /** Whether {@link #run} has events to take out. */
  boolean isDue() {
    return !ties.isEmpty();
  }

  /**
   * Takes out what was found.
   *
   * @param dictionary that has forgotten such events
   */
  void run(IndexWriter writer, SliceDictionary dictionary) throws IOException {
    for (BytesRef key : keys) {
      writer.deleteDocuments(new Term(Schema.KEY, key));
    }
    try (DirectoryReader left = DirectoryReader.open(writer)) {
      for (long stack : SliceStacks.orphans(left)) {
        writer.deleteDocuments(stackKey(stack));
      }
    }
    try (DirectoryReader left = DirectoryReader.open(writer)) {
      for (long stack : broughtByThem(left)) {
        Document again = again(left, stack);
        if (again == null) {
          writer.deleteDocuments(stackKey(stack));
        } else {
          writer.updateDocument(stackKey(stack), again);
        }
      }
    }
    rewrite(writer, dictionary);
  }

  /**
   * Has every segment written again that holds something deleted, or was packed with it. A merge
   * that is under way may carry it over; so it is looked for again.
   */
  private static void rewrite(IndexWriter writer, SliceDictionary dictionary) throws IOException {
    for (int i = 0; i < REWRITES_MAX; i++) {
      if (writer.getConfig().getMergeScheduler() instanceof ConcurrentMergeScheduler merges) {
        merges.sync();
      }
      writer.forceMergeDeletes(true);
      try (DirectoryReader now = DirectoryReader.open(writer)) {
        if (now.numDeletedDocs() == 0 && !dictionary.rewrites(now)) {
          return;
        }
      }
    }
    throw new BackendException.Unavailable("index", "erase", "merges go on and on", null);
  }

  private static Term stackKey(long stack) {
    return new Term(Schema.STACK_KEY, Schema.stack(stack));
  }

  /** The stacks whose documents have doc values of the events. */
  private Set<Long> broughtByThem(DirectoryReader reader) throws IOException {
    Set<Long> found = new HashSet<>();
    for (LeafReaderContext leaf : reader.leaves()) {
      NumericDocValues stacks = leaf.reader().getNumericDocValues(Schema.STACK_KEY);
      NumericDocValues tie = leaf.reader().getNumericDocValues(Schema.TIE);
      if (stacks == null || tie == null) {
        continue;
      }
      Bits live = leaf.reader().getLiveDocs();
      for (int doc = stacks.nextDoc();
          doc != DocIdSetIterator.NO_MORE_DOCS;
          doc = stacks.nextDoc()) {
        boolean counts = live == null || live.get(doc);
        if (counts && tie.advanceExact(doc) && ties.contains(tie.longValue())) {
          found.add(stacks.longValue());
        }
      }
    }
    return found;
  }

  /** The document of a stack as an event that stays would have brought it. */
  private @Nullable Document again(DirectoryReader left, long stack) throws IOException {
    Document[] again = new Document[1];
    boolean ignored =
        EventWalk.walk(
            new IndexSearcher(left),
            new TermQuery(new Term(Schema.STACK, Schema.stack(stack))),
            stored -> {
              again[0] = documents.stack(stored.event(), stored.json(), stack);
              return again[0] == null;
            });
    return again[0];
  }
}
