package io.levee.local.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The events that refer to a stack which another query finds. Rewriting it asks the stacks of the
 * whole slice: an event's stack may lie in another segment.
 */
final class InStackQuery extends Query {
  private final Query stacks;

  /**
   * @param stacks asks the fields of {@link StackDocument}
   */
  InStackQuery(Query stacks) {
    this.stacks = stacks;
  }

  @Override
  public Query rewrite(IndexSearcher searcher) throws IOException {
    Hashes hashes = new Hashes();
    SliceReader.collect(searcher, stacks, hashes);
    if (hashes.found.isEmpty()) {
      return new MatchNoDocsQuery("no stack is like that");
    }
    if (hashes.found.size() <= StackSetQuery.STACKS_MAX) {
      return new StackSetQuery(hashes.found);
    }
    List<BytesRef> terms = new ArrayList<>();
    hashes.found.forEach(hash -> terms.add(Schema.stack(hash)));
    return new TermInSetQuery(Schema.STACK, terms);
  }

  private static final class Hashes extends SimpleCollector {
    private final Set<Long> found = new HashSet<>();
    private @Nullable NumericDocValues hashes;

    @Override
    protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
      hashes = leaf.reader().getNumericDocValues(Schema.STACK_KEY);
    }

    @Override
    public void collect(int doc) throws IOException {
      if (hashes != null && hashes.advanceExact(doc)) {
        found.add(hashes.longValue());
      }
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String defaultField) {
    return "in-stack(" + stacks + ")";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof InStackQuery query && query.stacks.equals(stacks);
  }

  @Override
  public int hashCode() {
    return 31 * classHash() + stacks.hashCode();
  }
}
