package io.levee.local.index;

import io.levee.engine.query.ValuePattern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
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
  private final int digits;
  private final boolean packs;

  /**
   * @param name what terms begin with before the value
   * @param keys whether the terms are keys, of which the project is no part of the value
   */
  PatternQuery(String field, String name, ValuePattern pattern, boolean keys) {
    this(field, name, pattern, keys, 0);
  }

  /**
   * Only for values that are so many hex digits.
   *
   * @param name what terms begin with before the value
   */
  PatternQuery(String field, String name, ValuePattern pattern, int digits) {
    this(field, name, pattern, false, digits);
  }

  private PatternQuery(String field, String name, ValuePattern pattern, boolean keys, int digits) {
    super(field, MultiTermQuery.CONSTANT_SCORE_BLENDED_REWRITE);
    this.name = name;
    this.pattern = pattern;
    this.keys = keys;
    this.digits = digits;
    this.packs = name.equals(TraceIds.fieldPrefix());
  }

  /** What the terms begin with that may match, in their order. */
  private List<BytesRef> starts() {
    String prefix = pattern.prefix();
    if (keys) {
      return List.of(new BytesRef(name));
    }
    if (!packs) {
      return List.of(new BytesRef(name + prefix));
    }
    if (!prefix.chars().allMatch(HexFormat::isHexDigit)) {
      return List.of(new BytesRef(name + prefix));
    }
    return List.of(
        new BytesRef(name + Schema.packedPrefix(prefix)),
        new BytesRef(name + Schema.PACKED_BEFORE),
        new BytesRef(name + prefix));
  }

  @Override
  protected TermsEnum getTermsEnum(Terms terms, AttributeSource attributes) throws IOException {
    return new Matching(terms.iterator());
  }

  private final class Matching extends FilteredTermsEnum {
    private final Iterator<BytesRef> starts = starts().iterator();
    private BytesRef start = starts.next();
    private final int valueAt = new BytesRef(name).length;
    private final @Nullable PatternTime time = PatternTime.current();
    private long lookedNanos = time == null ? 0 : time.nanos();
    private int words;

    Matching(TermsEnum terms) {
      super(terms, true);
    }

    @Override
    protected @Nullable BytesRef nextSeekTerm(@Nullable BytesRef current) {
      return current == null || start.compareTo(current) > 0 ? start : null;
    }

    @Override
    protected AcceptStatus accept(BytesRef term) {
      while (!StringHelper.startsWith(term, start)) {
        if (term.compareTo(start) < 0) {
          return AcceptStatus.NO_AND_SEEK;
        }
        if (!starts.hasNext()) {
          return AcceptStatus.END;
        }
        start = starts.next();
      }
      if (time != null && ++words % PatternTime.WORDS_A_LOOK == 0) {
        lookedNanos = time.spend(lookedNanos, String.valueOf(pattern));
      }
      String value = value(term);
      boolean wanted = digits == 0 || TraceIds.isHex(value, digits);
      return wanted && pattern.matches(value) ? AcceptStatus.YES : AcceptStatus.NO;
    }

    private String value(BytesRef term) {
      if (keys) {
        return Schema.idOf(term);
      }
      String value =
          new String(
              term.bytes, term.offset + valueAt, term.length - valueAt, StandardCharsets.UTF_8);
      return packs ? Schema.unpacked(value) : value;
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
        && query.keys == keys
        && query.digits == digits;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), name, pattern, keys, digits);
  }
}
