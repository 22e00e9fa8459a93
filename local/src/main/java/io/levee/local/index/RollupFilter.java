package io.levee.local.index;

import io.levee.engine.query.Fields;
import io.levee.engine.query.Query;
import io.levee.engine.query.Values;
import io.levee.event.Level;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a question asks of counts by project, level and at most one more field: whether a {@link
 * SegmentRollup} can answer it, and which of its cells belong to the answer.
 *
 * @param field the further field's name; null when there is none
 */
record RollupFilter(Query query, @Nullable String field) {
  private static final String PROJECT = "project";
  private static final String LEVEL = "level";

  /** Facets that an event has one value of at most, so that the counted value is the only one. */
  private static final Set<String> SINGLE =
      Set.of(
          "kind",
          "logger",
          "platform",
          "host",
          "environment",
          "release",
          "culprit",
          "fingerprint",
          "method",
          "url");

  /**
   * The filter of a question.
   *
   * @param fields that are counted by, as {@link TallyField#name} calls them
   * @return null when it asks for more than rollups hold
   */
  static @Nullable RollupFilter of(Query query, Collection<String> fields) {
    Set<String> others = new HashSet<>(fields);
    if (!gather(query, others)) {
      return null;
    }
    others.remove(PROJECT);
    others.remove(LEVEL);
    return others.size() > 1
        ? null
        : new RollupFilter(query, others.isEmpty() ? null : others.iterator().next());
  }

  /** Adds the fields that a query looks at; false when it looks at something else. */
  private static boolean gather(Query query, Set<String> fields) {
    return switch (query) {
      case Query.All ignored -> true;
      case Query.And and -> gatherAll(and.parts(), fields);
      case Query.Or or -> gatherAll(or.parts(), fields);
      case Query.Not not -> gather(not.part(), fields);
      case Query.Term term -> gather(term.field(), fields);
      case Query.Phrase phrase -> gather(phrase.field(), fields);
      case Query.Wildcard ignored -> false;
      case Query.Regex ignored -> false;
      case Query.Cidr ignored -> false;
      case Query.Range ignored -> false;
      case Query.Exists ignored -> false;
    };
  }

  private static boolean gatherAll(List<Query> parts, Set<String> fields) {
    return parts.stream().allMatch(part -> gather(part, fields));
  }

  private static boolean gather(@Nullable String name, Set<String> fields) {
    String field = name == null ? "" : Fields.canonical(name);
    boolean known = SINGLE.contains(field) || field.equals(PROJECT) || field.equals(LEVEL);
    if (known) {
      fields.add(field);
    }
    return known;
  }

  /** Whether only events match that have one of the named values of the further field. */
  boolean pins() {
    return field != null && pins(query);
  }

  private boolean pins(Query part) {
    return switch (part) {
      case Query.All ignored -> false;
      case Query.And and -> and.parts().stream().anyMatch(this::pins);
      case Query.Or or -> or.parts().stream().allMatch(this::pins);
      case Query.Not ignored -> false;
      case Query.Term term -> isFurther(term.field());
      case Query.Phrase phrase -> isFurther(phrase.field());
      case Query.Wildcard ignored -> throw unexpected(part);
      case Query.Regex ignored -> throw unexpected(part);
      case Query.Cidr ignored -> throw unexpected(part);
      case Query.Range ignored -> throw unexpected(part);
      case Query.Exists ignored -> throw unexpected(part);
    };
  }

  private boolean isFurther(@Nullable String name) {
    return field != null && field.equals(Fields.canonical(String.valueOf(name)));
  }

  /** The values of the further field that the query names, folded; it tells no others apart. */
  Set<String> named() {
    Set<String> named = new HashSet<>();
    name(query, named);
    return named;
  }

  private void name(Query part, Set<String> named) {
    switch (part) {
      case Query.And and -> and.parts().forEach(inner -> name(inner, named));
      case Query.Or or -> or.parts().forEach(inner -> name(inner, named));
      case Query.Not not -> name(not.part(), named);
      case Query.Term term -> name(term.field(), term.value(), named);
      case Query.Phrase phrase -> name(phrase.field(), phrase.text(), named);
      case Query.All ignored -> {}
      case Query.Wildcard ignored -> throw unexpected(part);
      case Query.Regex ignored -> throw unexpected(part);
      case Query.Cidr ignored -> throw unexpected(part);
      case Query.Range ignored -> throw unexpected(part);
      case Query.Exists ignored -> throw unexpected(part);
    }
  }

  private void name(@Nullable String name, String value, Set<String> named) {
    if (isFurther(name)) {
      named.add(Values.fold(value));
    }
  }

  /**
   * Whether events of a cell match.
   *
   * @param value of the further field; null when they have none
   */
  boolean matches(String project, Level level, @Nullable String value) {
    return matches(query, project, level, value);
  }

  private boolean matches(Query part, String project, Level level, @Nullable String value) {
    return switch (part) {
      case Query.All ignored -> true;
      case Query.And and ->
          and.parts().stream().allMatch(inner -> matches(inner, project, level, value));
      case Query.Or or ->
          or.parts().stream().anyMatch(inner -> matches(inner, project, level, value));
      case Query.Not not -> !matches(not.part(), project, level, value);
      case Query.Term term -> equal(term.field(), term.value(), project, level, value);
      case Query.Phrase phrase -> equal(phrase.field(), phrase.text(), project, level, value);
      case Query.Wildcard ignored -> throw unexpected(part);
      case Query.Regex ignored -> throw unexpected(part);
      case Query.Cidr ignored -> throw unexpected(part);
      case Query.Range ignored -> throw unexpected(part);
      case Query.Exists ignored -> throw unexpected(part);
    };
  }

  private static boolean equal(
      @Nullable String name,
      String sought,
      String project,
      Level level,
      @Nullable String otherValue) {
    @Nullable String value =
        switch (Fields.canonical(String.valueOf(name)).toLowerCase(Locale.ROOT)) {
          case PROJECT -> project;
          case LEVEL -> level.wireName();
          default -> otherValue;
        };
    return value != null && Values.fold(value).equals(Values.fold(sought));
  }

  private static IllegalStateException unexpected(Query part) {
    return new IllegalStateException("not to be answered by a rollup: " + part);
  }
}
