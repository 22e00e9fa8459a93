package io.levee.engine.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to look for, as a tree. Every index answers it, and {@link QueryMatcher} says what it means
 * for a single event. A field that is null means "anywhere in the event". Values match without
 * regard to case.
 */
public sealed interface Query {
  /** Everything. */
  record All() implements Query {}

  /** All of these; everything when there are none. */
  record And(List<Query> parts) implements Query {
    public And {
      parts = List.copyOf(parts);
    }
  }

  /** At least one of these; nothing when there are none. */
  record Or(List<Query> parts) implements Query {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  record Not(Query part) implements Query {}

  /**
   * A word in running text, or the whole value of an exact field. What {@link WordScanner} cuts
   * into several words means the same as a {@link Phrase}. Without a field, 32 hex digits also find
   * the event, the trace and the fingerprint that they name.
   */
  record Term(@Nullable String field, String value) implements Query {}

  /**
   * Words next to each other and in order in running text, or the whole value of an exact field.
   */
  record Phrase(@Nullable String field, String text) implements Query {}

  /**
   * A word, or an exact field's whole value, where {@code *} stands for any run of characters and
   * {@code ?} for any one.
   */
  record Wildcard(@Nullable String field, String pattern) implements Query {}

  /**
   * A word, or an exact field's whole value, that a regular expression in RE2's syntax matches
   * whole.
   */
  record Regex(@Nullable String field, String pattern) implements Query {}

  /** An address field within a block such as {@code 10.0.0.0/8}. */
  record Cidr(String field, String block) implements Query {}

  /**
   * A field between two values. Number fields, and tags, extra and contexts when the bounds are
   * numbers, by value; times as {@link TimeBounds} says; the rest as text, by code points.
   *
   * @param from null: no lower bound
   * @param to null: no upper bound
   */
  record Range(
      String field,
      @Nullable String from,
      boolean includesFrom,
      @Nullable String to,
      boolean includesTo)
      implements Query {}

  /** The field has any value. */
  record Exists(String field) implements Query {}
}
