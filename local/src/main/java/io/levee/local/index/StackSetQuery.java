package io.levee.local.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Events that refer to one of several stacks. Lucene's own query for a set of terms looks at every
 * event of a segment before it gives the first; this one looks at those near the ones that are
 * wanted, so that the newest hundred of millions stay cheap for a word that many stacks have.
 */
final class StackSetQuery extends Query {
  /** Of more the lists would take too much memory when all are open. */
  static final int STACKS_MAX = 512;

  private final List<Long> stacks;

  StackSetQuery(Collection<Long> stacks) {
    this.stacks = List.copyOf(new TreeSet<>(stacks));
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
    return new ConstantScoreWeight(this, boost) {
      @Override
      public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) throws IOException {
        Windows windows = windows(leaf);
        return windows == null ? null : supplier(windows, score(), mode);
      }

      @Override
      public boolean isCacheable(LeafReaderContext leaf) {
        return true;
      }
    };
  }

  private static ScorerSupplier supplier(Windows windows, float score, ScoreMode mode) {
    return new ScorerSupplier() {
      @Override
      public Scorer get(long leadCost) {
        return new ConstantScoreScorer(score, mode, windows);
      }

      @Override
      public long cost() {
        return windows.cost();
      }
    };
  }

  private @Nullable Windows windows(LeafReaderContext leaf) throws IOException {
    Terms terms = leaf.reader().terms(Schema.STACK);
    if (terms == null) {
      return null;
    }
    TermsEnum each = terms.iterator();
    List<PostingsEnum> events = new ArrayList<>();
    long cost = 0;
    for (long stack : stacks) {
      if (each.seekExact(Schema.stack(stack))) {
        events.add(each.postings(null, PostingsEnum.NONE));
        cost += each.docFreq();
      }
    }
    return events.isEmpty() ? null : new Windows(events, cost);
  }

  /** Puts the lists of all stacks together, a stretch of documents at a time. */
  private static final class Windows extends DocIdSetIterator {
    private static final int WINDOW = 1 << 13;

    private final List<PostingsEnum> events;
    private final long cost;
    private final FixedBitSet window = new FixedBitSet(WINDOW);
    private int start = -WINDOW;
    private int doc = -1;

    Windows(List<PostingsEnum> events, long cost) {
      this.events = events;
      this.cost = cost;
    }

    @Override
    public int docID() {
      return doc;
    }

    @Override
    public int nextDoc() throws IOException {
      return advance(doc + 1);
    }

    @Override
    public int advance(int target) throws IOException {
      int from = target;
      while (from != NO_MORE_DOCS) {
        if (from >= start + WINDOW) {
          load(from - from % WINDOW);
        }
        int found = window.nextSetBit(from - start);
        if (found != NO_MORE_DOCS) {
          doc = start + found;
          return doc;
        }
        from = behindWindow();
      }
      doc = NO_MORE_DOCS;
      return doc;
    }

    private void load(int newStart) throws IOException {
      start = newStart;
      window.clear();
      for (PostingsEnum each : events) {
        if (each.docID() < start) {
          each.advance(start);
        }
        each.intoBitSet(start + WINDOW, window, start);
      }
    }

    /** The first document that any list has behind the window. */
    private int behindWindow() {
      int first = NO_MORE_DOCS;
      for (PostingsEnum each : events) {
        first = Math.min(first, each.docID());
      }
      return first;
    }

    @Override
    public long cost() {
      return cost;
    }
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String defaultField) {
    return Schema.STACK + ":" + stacks.size() + " stacks";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StackSetQuery query && query.stacks.equals(stacks);
  }

  @Override
  public int hashCode() {
    return 31 * classHash() + stacks.hashCode();
  }
}
