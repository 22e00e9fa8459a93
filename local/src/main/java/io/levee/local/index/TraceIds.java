package io.levee.local.index;

import io.levee.engine.query.ValuePattern;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/**
 * Ids of traces and spans. They are random, each its own, and so the dearest terms there are: an
 * event that has one in several places gives one term, and questions ask that.
 *
 * <ul>
 *   <li>A {@link #TRACE} that says what {@code trace_id} says gives no term but {@link
 *       Schema#same}, and no words.
 *   <li>A span's id in one of {@link #SPANS} gives its term {@code name=value}, and no words.
 * </ul>
 *
 * Slices of earlier versions have the other terms too, so asking both finds all in either.
 */
final class TraceIds {
  /** Where clients repeat the event's trace. */
  static final String TRACE = "contexts.trace.trace_id";

  /** Where they say which span it was in. */
  static final List<String> SPANS =
      List.of("contexts.trace.span_id", "contexts.trace.parent_span_id");

  private static final String FIELD = "trace_id";
  private static final int TRACE_DIGITS = 32;
  private static final int SPAN_DIGITS = 16;

  private TraceIds() {}

  /** Whether a text is a trace's id as it is written everywhere. */
  static boolean isTrace(String text) {
    return isHex(text, TRACE_DIGITS);
  }

  /** Whether a leaf is a span's id as it is written everywhere. */
  static boolean isSpan(String path, String value) {
    return SPANS.contains(path) && isHex(value, SPAN_DIGITS);
  }

  static boolean isHex(String text, int digits) {
    return text.length() == digits && text.chars().allMatch(HexFormat::isHexDigit);
  }

  /**
   * Those of whom a word would be found if ids were words.
   *
   * @param word in lower case
   */
  static List<Query> spokenOf(String word) {
    if (isTrace(word)) {
      return List.of(same(term(word)));
    }
    if (isHex(word, SPAN_DIGITS)) {
      List<BytesRef> terms = new ArrayList<>();
      SPANS.forEach(path -> terms.add(new BytesRef(Schema.exact(path, word))));
      return List.of(new TermInSetQuery(Schema.EXACT, terms));
    }
    return List.of();
  }

  /** The same for a pattern over words. */
  static List<Query> spokenOf(ValuePattern pattern) {
    List<Query> found = new ArrayList<>();
    if (mayCoverHex(pattern)) {
      found.add(same(pattern(FIELD, pattern, TRACE_DIGITS)));
      SPANS.forEach(path -> found.add(pattern(path, pattern, SPAN_DIGITS)));
    }
    return found;
  }

  private static Query pattern(String name, ValuePattern pattern, int digits) {
    return new PatternQuery(Schema.EXACT, Schema.exact(name, ""), pattern, digits);
  }

  private static boolean mayCoverHex(ValuePattern pattern) {
    return switch (pattern) {
      case ValuePattern.Glob glob ->
          glob.codes().stream().allMatch(code -> code < 0 || HexFormat.isHexDigit(code));
      case ValuePattern.Expression ignored -> true;
      case ValuePattern.Between ignored -> true;
      case ValuePattern.Within ignored -> false; // Addresses have dots or colons.
    };
  }

  /** Events with a trace, in either of the ways in which it is written. */
  static Query term(String folded) {
    return new TermInSetQuery(
        Schema.EXACT,
        List.of(
            new BytesRef(Schema.exact(FIELD, folded)),
            new BytesRef(Schema.exactBefore(FIELD, folded))));
  }

  /** What {@link #FIELD} finds, as far as {@link #TRACE} says the same there. */
  static Query same(Query ofField) {
    return LuceneQueries.both(ofField, new TermQuery(new Term(Schema.EXACT, Schema.same(TRACE))));
  }

  /** What the terms of the field begin with. */
  static String fieldPrefix() {
    return Schema.exact(FIELD, "");
  }
}
