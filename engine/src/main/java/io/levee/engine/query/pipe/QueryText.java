package io.levee.engine.query.pipe;

import io.levee.engine.query.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a filter's tree in words, fully parenthesised, so that a reader sees what was understood.
 */
public final class QueryText {
  private QueryText() {}

  /** The words. */
  public static String of(Query query) {
    return switch (query) {
      case Query.All ignored -> "*";
      case Query.And and -> joined(and.parts(), " AND ", "*");
      case Query.Or or -> joined(or.parts(), " OR ", "NOT *");
      case Query.Not not -> "NOT " + of(not.part());
      case Query.Term term -> field(term.field()) + quoted(term.value());
      case Query.Phrase phrase -> field(phrase.field()) + quoted(phrase.text());
      case Query.Wildcard wildcard -> field(wildcard.field()) + wildcard.pattern();
      case Query.Regex regex -> field(regex.field()) + "/" + regex.pattern() + "/";
      case Query.Cidr cidr -> cidr.field() + ":" + cidr.block();
      case Query.Range range ->
          range.field()
              + ":"
              + (range.includesFrom() ? "[" : "{")
              + bound(range.from())
              + " TO "
              + bound(range.to())
              + (range.includesTo() ? "]" : "}");
      case Query.Exists exists -> "_exists_:" + exists.field();
    };
  }

  private static String bound(@Nullable String bound) {
    return bound == null ? "*" : bound;
  }

  private static String field(@Nullable String field) {
    return field == null ? "" : field + ":";
  }

  private static String quoted(String value) {
    return value.matches("[\\w.@/-]+") ? value : '"' + value.replace("\"", "\\\"") + '"';
  }

  private static String joined(List<Query> parts, String operator, String none) {
    return parts.isEmpty()
        ? none
        : "(" + String.join(operator, parts.stream().map(QueryText::of).toList()) + ")";
  }
}
