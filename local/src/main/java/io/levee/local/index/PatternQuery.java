package io.levee.local.index;

import io.levee.engine.query.ValuePattern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.lucene.index.FilteredTermsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.AttributeSource;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * Terms that begin with a name and go on with something a pattern covers, between two bounds. Looks
 * at every term from the pattern's own beginning on, so it costs what that many terms cost.
 */
final class PatternQuery extends MultiTermQuery {
  private final String name;
  private final ValuePattern pattern;
  private final boolean keys;
  private final boolean ordered;

  /**
   * @param name what terms begin with before the value
   * @param keys whether the terms are keys, of which the project is no part of the value
   */
  PatternQuery(String field, String name, ValuePattern pattern, boolean keys) {
    super(field, MultiTermQuery.CONSTANT_SCORE_BLENDED_REWRITE);
    this.name = name;
    this.pattern = pattern;
    this.keys = keys;
    this.ordered = !keys && !name.startsWith(Schema.exact("trace_id", ""));
  }

  @Override
  protected TermsEnum getTermsEnum(Terms terms, AttributeSource attributes) throws IOException {
    return new Matching(terms.iterator());
  }

  private final class Matching extends FilteredTermsEnum {
    private final BytesRef start = new BytesRef(name + (ordered ? pattern.prefix() : ""));
    private final int valueAt = new BytesRef(name).length;
    private final @Nullable PatternTime time = PatternTime.current();
    private long lookedNanos = time == null ? 0 : time.nanos();
    private int words;

    Matching(TermsEnum terms) {
      super(terms, true);
      setInitialSeekTerm(start);
    }

    @Override
    protected AcceptStatus accept(BytesRef term) {
      if (!StringHelper.startsWith(term, start)) {
        return AcceptStatus.END;
      }
      if (time != null && ++words % PatternTime.WORDS_A_LOOK == 0) {
        lookedNanos = time.spend(lookedNanos, String.valueOf(pattern));
      }
      return pattern.matches(value(term)) ? AcceptStatus.YES : AcceptStatus.NO;
    }

    private String value(BytesRef term) {
      if (keys) {
        return Schema.idOf(term);
      }
      String value =
          new String(
              term.bytes, term.offset + valueAt, term.length - valueAt, StandardCharsets.UTF_8);
      return ordered ? value : Schema.unpacked(value);
    }
  }

  @Override
  public void visit(QueryVisitor visitor) {
    if (visitor.acceptField(field)) {
      visitor.visitLeaf(this);
    }
  }

  @Override
  public String toString(String defaultField) {
    return field + ":" + name + pattern;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other)
        && other instanceof PatternQuery query
        && query.name.equals(name)
        && query.pattern.equals(pattern)
        && query.keys == keys;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), name, pattern, keys);
  }
}
