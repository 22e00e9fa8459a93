package io.levee.sql;

import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueActivity;
import io.levee.engine.issue.IssueFilter;
import io.levee.engine.issue.IssueId;
import io.levee.engine.issue.IssuePage;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Fingerprint;
import io.levee.event.Level;
import io.levee.event.ProjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads issues within the caller's transaction. Made for one transaction and thrown away. */
final class IssueReader {
  private static final int LOOKUP_ROWS = 500;

  /** When so many match, the first in some order are soon found by going along that order. */
  private static final long MANY = 2_000;

  /** When a filter names no more, they are looked up; else all of a status are looked through. */
  private static final long NAMED_MAX = 20_000;

  private static final String SELECT =
      "SELECT i.id, i.project, i.title, i.culprit, i.exception_type, i.platform, i.logger, i.level,"
          + " i.status, i.regressed, i.events, i.users, i.first_seen, i.last_seen,"
          + " i.first_release, i.last_release FROM issue i ";

  private final Handle handle;

  IssueReader(Handle handle) {
    this.handle = handle;
  }

  /**
   * One project after the other, because an index gives the first rows of one project at once, but
   * would have to sort all rows of several.
   */
  IssuePage list(IssueFilter filter) {
    // First of all: a cursor that is none is refused even where there is nothing to be found.
    IssueCursor after = IssueCursor.decode(filter.sort(), filter.after());
    Collection<Long> ids = null;
    if (filter.fingerprints() != null) {
      ids = holding(filter.scope(), filter.fingerprints());
      if (ids.isEmpty()) {
        return new IssuePage(List.of(), 0, null);
      }
    }
    IssueQuery query = new IssueQuery(filter, ids);
    List<Issue> found = new ArrayList<>();
    long total = 0;
    for (ProjectId project : new TreeSet<>(filter.scope().projects())) {
      boolean fewNamed = named(query, project) <= NAMED_MAX;
      long matching =
          count(fewNamed ? query.conditionsOfNamed() : query.conditions(), query, project);
      if (matching > 0) {
        String conditions = conditions(query, filter, matching, fewNamed);
        found.addAll(first(conditions, query, filter, after, project));
      }
      total += matching;
    }
    found.sort(IssueCursor.order(filter.sort()));
    List<Issue> page = found.subList(0, Math.min(filter.limit(), found.size()));
    String next =
        found.size() > page.size()
            ? IssueCursor.behind(filter.sort(), page.getLast()).encode()
            : null;
    return new IssuePage(withFingerprints(page), total, next);
  }

  /** How many of the project's issues the filter names; up to one more than the most. */
  private long named(IssueQuery query, ProjectId project) {
    long least = query.ids();
    for (Map.Entry<Facet, String> facet : query.facets().entrySet()) {
      List<Object> parameters = List.of(project.value(), facet.getValue(), NAMED_MAX + 1);
      least =
          Math.min(
              least, bound(facet.getKey().countOfIssues(), parameters).mapTo(Long.class).one());
    }
    return least;
  }

  private long count(String conditions, IssueQuery query, ProjectId project) {
    return bound("SELECT COUNT(*) FROM issue i WHERE " + conditions, query.parameters(project))
        .mapTo(Long.class)
        .one();
  }

  /** In the words that lead to the first of so many matches soonest. */
  private static String conditions(
      IssueQuery query, IssueFilter filter, long matching, boolean fewNamed) {
    if (matching < MANY) {
      return fewNamed ? query.conditionsOfNamed() : query.conditions();
    }
    // By the time of the last event the filter's own index has them in order already.
    return filter.sort() == IssueFilter.Sort.LAST_SEEN
        ? query.conditions()
        : query.conditionsInOrderOf(column(filter));
  }

  private static String column(IssueFilter filter) {
    return "i." + IssueCursor.column(filter.sort());
  }

  /** One more than a page holds, to know whether there is a next one. */
  private List<Issue> first(
      String conditions,
      IssueQuery query,
      IssueFilter filter,
      @Nullable IssueCursor after,
      ProjectId project) {
    String column = column(filter);
    StringBuilder sql = new StringBuilder(SELECT).append("WHERE ").append(conditions);
    List<Object> parameters = query.parameters(project);
    if (after != null) {
      sql.append(" AND (").append(column).append(", i.id) < (?, ?)");
      parameters.add(after.value());
      parameters.add(after.id());
    }
    sql.append(" ORDER BY ").append(column).append(" DESC, i.id DESC LIMIT ?");
    parameters.add(filter.limit() + 1);
    return bound(sql.toString(), parameters).map((row, context) -> issue(row)).list();
  }

  /** The issue, if it is in the scope. */
  Optional<Issue> find(ProjectScope scope, long id) {
    List<Object> parameters = new ArrayList<>(projects(scope));
    parameters.add(id);
    List<Issue> found =
        bound(SELECT + "WHERE " + inScope(scope) + " AND i.id = ?", parameters)
            .map((row, context) -> issue(row))
            .list();
    return withFingerprints(found).stream().findFirst();
  }

  /** The ids of the scope's issues that hold one of the fingerprints. */
  Set<Long> holding(ProjectScope scope, List<Fingerprint> fingerprints) {
    Set<Long> ids = new TreeSet<>();
    for (ProjectId project : scope.projects()) {
      for (int from = 0; from < fingerprints.size(); from += LOOKUP_ROWS) {
        int to = Math.min(from + LOOKUP_ROWS, fingerprints.size());
        ids.addAll(holding(project, fingerprints.subList(from, to)));
      }
    }
    return ids;
  }

  private List<Long> holding(ProjectId project, List<Fingerprint> fingerprints) {
    List<Object> parameters = new ArrayList<>();
    for (Fingerprint fingerprint : fingerprints) {
      parameters.addAll(List.of(fingerprint.version(), fingerprint.high(), fingerprint.low()));
    }
    parameters.add(project.value());
    return bound(
            "WITH wanted (version, hash_high, hash_low) AS (VALUES "
                + SqlText.rows(fingerprints.size(), 3)
                + ") SELECT f.issue FROM wanted w JOIN issue_fingerprint f"
                + " ON f.project = ? AND f.version = w.version"
                + " AND f.hash_high = w.hash_high AND f.hash_low = w.hash_low",
            parameters)
        .mapTo(Long.class)
        .list();
  }

  /** Those of the issues that are in the scope. */
  Set<Long> within(ProjectScope scope, Collection<IssueId> issues) {
    Set<Long> ids = new TreeSet<>();
    List<Long> all = issues.stream().map(IssueId::value).sorted().toList();
    for (int from = 0; from < all.size(); from += LOOKUP_ROWS) {
      List<Long> some = all.subList(from, Math.min(from + LOOKUP_ROWS, all.size()));
      List<Object> parameters = new ArrayList<>(projects(scope));
      parameters.addAll(some);
      ids.addAll(
          bound(
                  "SELECT i.id FROM issue i WHERE "
                      + inScope(scope)
                      + " AND i.id IN ("
                      + SqlText.parameters(some.size())
                      + ")",
                  parameters)
              .mapTo(Long.class)
              .list());
    }
    return ids;
  }

  List<IssueActivity> activity(ProjectScope scope, long id, int limit) {
    List<Object> parameters = new ArrayList<>(projects(scope));
    parameters.add(id);
    parameters.add(limit);
    return bound(
            "SELECT a.at, a.actor, a.from_status, a.to_status, a.regressed FROM issue_activity a"
                + " JOIN issue i ON i.id = a.issue WHERE "
                + inScope(scope)
                + " AND a.kind IN ('status', 'undo') AND a.issue = ? ORDER BY a.id DESC LIMIT ?",
            parameters)
        .map((row, context) ->
            new IssueActivity(
                Micros.instant(row.getLong("at")),
                row.getString("actor"),
                StatusCode.status(row.getInt("from_status")),
                StatusCode.status(row.getInt("to_status")),
                row.getInt("regressed") != 0))
        .list();
  }

  List<String> names(Facet facet, ProjectScope scope, int limit) {
    List<Object> parameters = new ArrayList<>(projects(scope));
    parameters.add(limit);
    return bound(facet.namesOfProjects(scope.projects().size()), parameters)
        .mapTo(String.class)
        .list();
  }

  /** With a sign that keeps indexes away: all who ask name their issues, too. */
  private static String inScope(ProjectScope scope) {
    return "+i.project IN (" + SqlText.parameters(scope.projects().size()) + ")";
  }

  private static List<Long> projects(ProjectScope scope) {
    return scope.projects().stream().map(ProjectId::value).sorted().toList();
  }

  private Query bound(String sql, List<?> parameters) {
    Query query = handle.createQuery(sql);
    for (int i = 0; i < parameters.size(); i++) {
      query.bind(i, parameters.get(i));
    }
    return query;
  }

  private List<Issue> withFingerprints(List<Issue> issues) {
    if (issues.isEmpty()) {
      return issues;
    }
    Map<Long, List<Fingerprint>> held = new HashMap<>();
    bound(
            "SELECT issue, version, hash_high, hash_low FROM issue_fingerprint WHERE issue IN ("
                + SqlText.parameters(issues.size())
                + ") AND joins = 0 ORDER BY issue, ordinal, hash_high, hash_low",
            issues.stream().map(issue -> issue.id().value()).toList())
        .map((row, context) ->
            held.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                .add(new Fingerprint(row.getInt(2), row.getLong(3), row.getLong(4))))
        .list();
    return issues.stream()
        .map(issue -> withFingerprints(issue, held.getOrDefault(issue.id().value(), List.of())))
        .toList();
  }

  private static Issue issue(ResultSet row) throws SQLException {
    return new Issue(
        new IssueId(row.getLong("id")),
        new ProjectId(row.getLong("project")),
        List.of(),
        row.getString("title"),
        row.getString("culprit"),
        row.getString("exception_type"),
        row.getString("platform"),
        row.getString("logger"),
        Level.ofCode(row.getInt("level")),
        StatusCode.status(row.getInt("status")),
        row.getInt("regressed") != 0,
        row.getLong("events"),
        row.getLong("users"),
        Micros.instant(row.getLong("first_seen")),
        Micros.instant(row.getLong("last_seen")),
        row.getString("first_release"),
        row.getString("last_release"));
  }

  private static Issue withFingerprints(Issue issue, List<Fingerprint> fingerprints) {
    return new Issue(
        issue.id(),
        issue.project(),
        fingerprints,
        issue.title(),
        issue.culprit(),
        issue.exceptionType(),
        issue.platform(),
        issue.logger(),
        issue.level(),
        issue.status(),
        issue.regressed(),
        issue.events(),
        issue.users(),
        issue.firstSeen(),
        issue.lastSeen(),
        issue.firstRelease(),
        issue.lastRelease());
  }
}
