package io.levee.sql;

import io.levee.engine.issue.IssueFilter;
import io.levee.engine.query.TimeRange;
import io.levee.event.ProjectId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a filter that is the same for every project of its scope, as conditions on an issue
 * called i. Only our own words and numbers become text of the statement; everything that came from
 * outside is a parameter.
 */
final class IssueQuery {
  /** More words than this are not looked for. */
  static final int WORDS_MAX = 16;

  /** Columns by which an index could find rows. */
  private static final List<String> FINDING = List.of("i.status", "i.last_seen", "i.first_seen");

  private static final String PROJECT = "i.project";

  private static final Pattern SPACES = Pattern.compile("\\s+");

  private final StringBuilder conditions = new StringBuilder();
  private final List<Function<ProjectId, Object>> parameters = new ArrayList<>();
  private final Map<Facet, String> facets = new EnumMap<>(Facet.class);
  private final long ids;

  /**
   * @param ids the issues that hold the filter's fingerprints; null when it names none
   */
  IssueQuery(IssueFilter filter, @Nullable Collection<Long> ids) {
    this.ids = ids == null ? Long.MAX_VALUE : ids.size();
    and(PROJECT + " = ?");
    parameters.add(ProjectId::value);
    anyOf("i.status", filter.statuses().stream().map(StatusCode::of).sorted().toList());
    anyOf("i.level", filter.levels().stream().map(level -> level.code()).sorted().toList());
    if (ids != null) {
      and("i.id IN (" + String.join(",", ids.stream().map(String::valueOf).toList()) + ")");
    }
    facet(Facet.ENVIRONMENT, filter.environment());
    facet(Facet.RELEASE, filter.release());
    if (filter.seen() != null) {
      seen(filter.seen());
    }
    if (filter.text() != null) {
      words(filter.text());
    }
  }

  private void and(String condition) {
    conditions.append(conditions.isEmpty() ? "" : " AND ").append(condition);
  }

  private void parameter(Object value) {
    parameters.add(project -> value);
  }

  private void anyOf(String column, List<Integer> codes) {
    if (codes.size() == 1) {
      and(column + " = " + codes.getFirst());
    } else if (!codes.isEmpty()) {
      and(column + " IN (" + String.join(",", codes.stream().map(String::valueOf).toList()) + ")");
    }
  }

  private void facet(Facet facet, @Nullable String name) {
    if (name != null && !name.isEmpty()) {
      facets.put(facet, SqlText.storable(name));
      and(facet.condition());
      parameters.add(ProjectId::value);
      parameter(SqlText.storable(name));
    }
  }

  /**
   * An issue whose first or last event lies in the range was seen in it; only for one whose life
   * spans the whole range do the hours have to be looked at.
   */
  private void seen(TimeRange range) {
    long from = Micros.of(range.from());
    long to = Micros.of(range.to());
    and("i.last_seen >= ? AND i.first_seen < ?");
    parameter(from);
    parameter(to);
    and(
        "(i.last_seen < ? OR i.first_seen >= ? OR EXISTS (SELECT 1 FROM issue_hour h"
            + " WHERE h.issue = i.id AND h.hour >= ? AND h.hour < ?))");
    parameter(to);
    parameter(from);
    parameter(Micros.hour(from));
    parameter(Math.ceilDiv(to, Micros.AN_HOUR));
  }

  private void words(String text) {
    SPACES
        .splitAsStream(SqlText.folded(text))
        .filter(word -> !word.isEmpty())
        .limit(WORDS_MAX)
        .forEach(word -> {
          and(SqlText.like("i.search_text"));
          parameter(SqlText.containing(word));
        });
  }

  /** Everything that follows WHERE. */
  String conditions() {
    return conditions.toString();
  }

  /**
   * The same, so that no index helps to find the rows but the one that has them in order: when very
   * many match, the first of them in order are found sooner than all are sorted.
   *
   * @param column what they are ordered by
   */
  String conditionsInOrderOf(String column) {
    String text = conditions();
    for (String other : FINDING) {
      text = other.equals(column) ? text : withoutIndex(text, other);
    }
    return text;
  }

  /**
   * The same, so that the issues that the filter names, as those of an environment, are looked at
   * one by one: when they are few, that is done sooner than to look for them among all others.
   */
  String conditionsOfNamed() {
    String text = withoutIndex(conditions(), PROJECT);
    for (String column : FINDING) {
      text = withoutIndex(text, column);
    }
    return text;
  }

  /** A sign before a column keeps indexes away. */
  private static String withoutIndex(String conditions, String column) {
    return conditions.replace(column + " ", "+" + column + " ");
  }

  /** How many issues the filter names by their fingerprints; very many when it names none. */
  long ids() {
    return ids;
  }

  /** The environment and the release that it names. */
  Map<Facet, String> facets() {
    return facets;
  }

  /** The values for the conditions, for one project. */
  List<Object> parameters(ProjectId project) {
    List<Object> values = new ArrayList<>();
    parameters.forEach(parameter -> values.add(parameter.apply(project)));
    return values;
  }
}
