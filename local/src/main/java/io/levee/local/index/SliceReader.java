package io.levee.local.index;

import io.levee.engine.index.StoredEvent;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.EventId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.lucene.codecs.StoredFieldsReader;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.StoredFieldVisitor;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/** Reads one slice as it is visible now. Used by one thread, while the reader is held. */
final class SliceReader {
  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final boolean countsLeaves;

  /**
   * @param countsLeaves whether the slice has doc values of extra and contexts
   */
  SliceReader(DirectoryReader reader, boolean countsLeaves, LongSupplier nanoTime, long endNanos) {
    this.reader = reader;
    this.countsLeaves = countsLeaves;
    this.searcher = new IndexSearcher(reader);
    searcher.setTimeout(() -> nanoTime.getAsLong() - endNanos > 0);
  }

  IndexSearcher searcher() {
    return searcher;
  }

  /** Whether a search was cut short, so that its answer is not whole. */
  boolean timedOut() {
    return searcher.timedOut();
  }

  /** What a query means in this slice, so that its stacks are looked for once. */
  Query rewritten(Query query) throws IOException {
    return searcher.rewrite(query);
  }

  /** Finds the events that can't be counted by one of the fields; null when there is none. */
  @Nullable Query uncounted(List<TallyField> fields) throws IOException {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    int found = 0;
    for (TallyField field : fields) {
      for (Term term : field.uncounted(countsLeaves)) {
        if (reader.docFreq(term) > 0) {
          any.add(new TermQuery(term), BooleanClause.Occur.SHOULD);
          found++;
        }
      }
    }
    return found == 0 ? null : any.build();
  }

  /** Shows all hits to one collector. */
  void collect(Query query, Collector collector) throws IOException {
    collect(searcher, query, collector);
  }

  static void collect(IndexSearcher searcher, Query query, Collector collector) throws IOException {
    searcher.search(
        query,
        new CollectorManager<Collector, Boolean>() {
          @Override
          public Collector newCollector() {
            return collector;
          }

          @Override
          public Boolean reduce(Collection<Collector> collectors) {
            return true;
          }
        });
  }

  /** The stored events of hits, in their order. */
  List<StoredEvent> load(List<? extends ScoreDoc> hits) throws IOException {
    // In order of position, so that a block is unpacked once for all hits in it.
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < hits.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingInt(i -> hits.get(i).doc));
    StoredEvent[] events = new StoredEvent[hits.size()];
    LeafReaderContext leaf = null;
    StoredFieldsReader stored = null;
    for (int i : order) {
      int doc = hits.get(i).doc;
      if (leaf == null || stored == null || doc >= leaf.docBase + leaf.reader().maxDoc()) {
        leaf = reader.leaves().get(ReaderUtil.subIndex(doc, reader.leaves()));
        stored = sequential(leaf.reader());
      }
      events[i] = event(stored, doc - leaf.docBase);
    }
    return List.of(events);
  }

  /** The event with this id in one of these projects; null when there is none. */
  @Nullable StoredEvent find(ProjectScope scope, EventId id) throws IOException {
    BytesRef prefix = Schema.keyPrefix(id);
    for (LeafReaderContext leaf : reader.leaves()) {
      Terms terms = leaf.reader().terms(Schema.KEY);
      TermsEnum each = terms == null ? null : terms.iterator();
      if (each == null || each.seekCeil(prefix) == TermsEnum.SeekStatus.END) {
        continue;
      }
      for (BytesRef key = each.term();
          key != null && StringHelper.startsWith(key, prefix);
          key = each.next()) {
        int doc = scope.covers(Schema.projectOf(key)) ? SliceStacks.live(leaf.reader(), each) : -1;
        if (doc >= 0) {
          return event(sequential(leaf.reader()), doc);
        }
      }
    }
    return null;
  }

  /** Every event, in the order in which they lie. */
  void scan(Consumer<StoredEvent> consumer) throws IOException {
    for (LeafReaderContext leaf : reader.leaves()) {
      Bits live = leaf.reader().getLiveDocs();
      NumericDocValues stacks = leaf.reader().getNumericDocValues(Schema.STACK_KEY);
      StoredFieldsReader stored = sequential(leaf.reader());
      for (int doc = 0; doc < leaf.reader().maxDoc(); doc++) {
        boolean event = stacks == null || !stacks.advanceExact(doc);
        if (event && (live == null || live.get(doc))) {
          consumer.accept(event(stored, doc));
        }
      }
    }
  }

  /** Remembers the block that it unpacked last. */
  private static StoredFieldsReader sequential(LeafReader leaf) throws IOException {
    return ((CodecReader) leaf).getFieldsReader().getMergeInstance();
  }

  static StoredEvent event(StoredFieldsReader stored, int doc) throws IOException {
    JsonField json = new JsonField();
    stored.document(doc, json);
    return new StoredEvent(json.bytes);
  }

  private static final class JsonField extends StoredFieldVisitor {
    private byte[] bytes = new byte[0];

    @Override
    public void binaryField(FieldInfo field, byte[] value) {
      bytes = value;
    }

    @Override
    public Status needsField(FieldInfo field) {
      return field.name.equals(Schema.JSON) ? Status.YES : Status.NO;
    }
  }
}
