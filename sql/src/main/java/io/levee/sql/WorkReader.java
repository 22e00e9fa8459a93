package io.levee.sql;

import io.levee.engine.issue.IssueId;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.work.Comment;
import io.levee.engine.work.Entry;
import io.levee.engine.work.IssueWork;
import io.levee.engine.work.Priority;
import io.levee.event.ProjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads the work on issues within the caller's transaction. Made for one transaction. */
final class WorkReader {
  private static final int LOOKUP_ROWS = 500;
  private static final int USUAL_HOURS = 166;
  private static final int LATE_HOURS = 2;
  private static final int ESCALATING_TIMES = 5;
  private static final int ESCALATING_EVENTS = 20;
  private static final int OLD_ENOUGH_HOURS = 24;

  private final Handle handle;

  WorkReader(Handle handle) {
    this.handle = handle;
  }

  Map<IssueId, IssueWork> of(
      ProjectScope scope, Collection<IssueId> issues, String actor, Instant now) {
    List<Long> ids = new ArrayList<>(new IssueReader(handle).within(scope, issues));
    Map<IssueId, IssueWork> work = new LinkedHashMap<>();
    for (int from = 0; from < ids.size(); from += LOOKUP_ROWS) {
      List<Long> some = ids.subList(from, Math.min(from + LOOKUP_ROWS, ids.size()));
      Set<Long> escalating = escalating(some, Micros.hour(Micros.of(now)));
      read(some, actor, escalating, work);
    }
    return work;
  }

  private void read(
      List<Long> ids, String actor, Set<Long> escalating, Map<IssueId, IssueWork> into) {
    List<Object> parameters = new ArrayList<>();
    parameters.add(SqlText.storable(actor));
    parameters.addAll(ids);
    List<IssueWork> rows =
        bound(
                "SELECT i.id, w.version, w.priority, w.escalating, w.rule, w.rule_number,"
                    + " w.rule_hours, w.rule_release, (SELECT COUNT(*) FROM issue_bookmark b"
                    + " WHERE b.issue = i.id AND b.actor = ?) AS bookmarks,"
                    + " (SELECT COUNT(*) FROM issue_comment c WHERE c.issue = i.id) AS comments"
                    + " FROM issue i LEFT JOIN issue_work w ON w.issue = i.id WHERE i.id IN ("
                    + SqlText.parameters(ids.size())
                    + ")",
                parameters)
            .map((row, context) -> work(row, escalating))
            .list();
    rows.forEach(row -> into.put(row.issue(), row));
  }

  private static IssueWork work(ResultSet row, Set<Long> escalating) throws SQLException {
    long id = row.getLong("id");
    WorkRule rule = WorkRule.read(row);
    return new IssueWork(
        new IssueId(id),
        row.getLong("version"),
        Priority.ofCode(row.getInt("priority")),
        row.getInt("escalating") != 0 || escalating.contains(id),
        row.getLong("bookmarks") > 0,
        rule.until(),
        rule.fix(),
        row.getLong("comments"));
  }

  /**
   * Unresolved issues that are older than a day and of which in this hour and the last came at
   * least twenty events, and five times as many an hour as in the week before.
   */
  private Set<Long> escalating(List<Long> ids, long hour) {
    List<Object> parameters = new ArrayList<>();
    long late = hour - LATE_HOURS + 1;
    parameters.add(late);
    parameters.add(late - USUAL_HOURS);
    parameters.addAll(ids);
    Set<Long> found = new HashSet<>();
    bound(
            "SELECT h.issue, SUM(CASE WHEN h.hour >= ? THEN h.events ELSE 0 END) AS late,"
                + " SUM(h.events) AS together, MIN(i.first_seen) AS first_seen"
                + " FROM issue i JOIN issue_hour h ON h.issue = i.id AND h.hour >= ?"
                + " WHERE i.status = 0 AND i.id IN ("
                + SqlText.parameters(ids.size())
                + ") GROUP BY h.issue",
            parameters)
        .map((row, context) -> {
          long born = Micros.hour(row.getLong("first_seen"));
          long lateEvents = row.getLong("late");
          long before = row.getLong("together") - lateEvents;
          long hours = Math.min(USUAL_HOURS, late - born);
          boolean more =
              late - born >= OLD_ENOUGH_HOURS
                  && lateEvents >= ESCALATING_EVENTS
                  && lateEvents * hours >= ESCALATING_TIMES * LATE_HOURS * before;
          return more ? row.getLong("issue") : -1L;
        })
        .list()
        .stream()
        .filter(id -> id >= 0)
        .forEach(found::add);
    return found;
  }

  List<Entry> activity(ProjectScope scope, long issue, @Nullable Long before, int limit) {
    List<Object> parameters = new ArrayList<>(projects(scope));
    parameters.add(issue);
    parameters.add(before == null ? Long.MAX_VALUE : before);
    parameters.add(limit);
    return bound(
            "SELECT a.* FROM issue_activity a JOIN issue i ON i.id = a.issue WHERE "
                + inScope(scope)
                + " AND a.issue = ? AND a.id < ? ORDER BY a.id DESC LIMIT ?",
            parameters)
        .map((row, context) -> entry(row))
        .list();
  }

  /** What was done to an issue behind a version, the newest first. */
  List<Entry> since(long issue, long version, int limit) {
    return bound(
            "SELECT a.* FROM issue_activity a WHERE a.issue = ? AND a.version > ?"
                + " ORDER BY a.id DESC LIMIT ?",
            List.of(issue, version, limit))
        .map((row, context) -> entry(row))
        .list();
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong("id"),
        Micros.instant(row.getLong("at")),
        row.getString("actor"),
        row.getString("kind"),
        StatusCode.status(row.getInt("from_status")),
        StatusCode.status(row.getInt("to_status")),
        row.getInt("regressed") != 0,
        row.getString("detail"),
        row.getLong("version"));
  }

  List<Comment> comments(ProjectScope scope, long issue, int limit) {
    List<Object> parameters = new ArrayList<>(projects(scope));
    parameters.add(issue);
    parameters.add(limit);
    return bound(
            "SELECT c.* FROM issue_comment c JOIN issue i ON i.id = c.issue WHERE "
                + inScope(scope)
                + " AND c.issue = ? ORDER BY c.id LIMIT ?",
            parameters)
        .map((row, context) -> comment(row))
        .list();
  }

  static Comment comment(ResultSet row) throws SQLException {
    long edited = row.getLong("edited");
    return new Comment(
        row.getLong("id"),
        Micros.instant(row.getLong("at")),
        row.wasNull() || edited == 0 ? null : Micros.instant(edited),
        row.getString("actor"),
        row.getLong("version"),
        row.getString("body"));
  }

  List<IssueId> bookmarks(ProjectScope scope, String actor, int limit) {
    List<Object> parameters = new ArrayList<>(projects(scope));
    parameters.add(SqlText.storable(actor));
    parameters.add(limit);
    return bound(
            "SELECT b.issue FROM issue_bookmark b JOIN issue i ON i.id = b.issue WHERE "
                + inScope(scope)
                + " AND b.actor = ? ORDER BY b.at DESC, b.issue LIMIT ?",
            parameters)
        .map((row, context) -> new IssueId(row.getLong(1)))
        .list();
  }

  /** With a sign that keeps indexes away: issues are found by their ids here. */
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
}
