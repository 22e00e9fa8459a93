package io.levee.sql;

import io.levee.event.ProjectId;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Forgets issues and parts of issues, a few hundred at a time. */
final class IssueRetention {
  private static final int ISSUES_AT_ONCE = 200;

  private final SqlDatabase database;

  IssueRetention(SqlDatabase database) {
    this.database = database;
  }

  /**
   * Drops what a project saw for the last time before a moment.
   *
   * @return how many issues
   */
  int retain(ProjectId project, long oldestMicros) {
    int dropped = 0;
    int some;
    do {
      some = database.write("drop issues", handle -> dropIssues(handle, project, oldestMicros));
      dropped += some;
    } while (some == ISSUES_AT_ONCE);
    database.update("drop parts", handle -> new IssueParts(handle).dropOrphans());
    trimHours(project.value(), oldestMicros);
    trimHours(-project.value(), oldestMicros);
    database.update(
        "forget names",
        handle -> {
          for (Facet facet : Facet.values()) {
            handle.execute(facet.forgetOfProject(), project.value(), oldestMicros);
          }
        });
    return dropped;
  }

  private static int dropIssues(Handle handle, ProjectId project, long oldestMicros) {
    List<Long> ids =
        handle
            .createQuery(
                "SELECT id FROM issue WHERE project = ? AND last_seen < ?"
                    + " ORDER BY last_seen, id LIMIT ?")
            .bind(0, project.value())
            .bind(1, oldestMicros)
            .bind(2, ISSUES_AT_ONCE)
            .mapTo(Long.class)
            .list();
    if (!ids.isEmpty()) {
      // What hangs on an issue goes with it: ON DELETE CASCADE.
      handle.execute(
          "DELETE FROM issue WHERE id IN (" + SqlText.parameters(ids.size()) + ")", ids.toArray());
    }
    return ids.size();
  }

  /** The hours of issues that began before the moment and go on. */
  private void trimHours(long project, long oldestMicros) {
    long behind = 0;
    List<Long> ids;
    do {
      ids = begunBefore(project, oldestMicros, behind);
      if (!ids.isEmpty()) {
        behind = ids.getLast();
        List<Object> parameters = new ArrayList<>();
        parameters.add(Micros.hour(oldestMicros));
        parameters.addAll(ids);
        String sql =
            "DELETE FROM issue_hour WHERE hour < ? AND issue IN ("
                + SqlText.parameters(ids.size())
                + ")";
        database.update("trim hours", handle -> handle.execute(sql, parameters.toArray()));
      }
    } while (ids.size() == ISSUES_AT_ONCE);
  }

  private List<Long> begunBefore(long project, long oldestMicros, long behind) {
    return database.read(
        "trim hours",
        handle ->
            handle
                .createQuery(
                    "SELECT i.id FROM issue i WHERE i.project = ? AND i.first_seen < ? AND i.id > ?"
                        + " AND EXISTS (SELECT 1 FROM issue_hour h WHERE h.issue = i.id"
                        + " AND h.hour < ?) ORDER BY i.id LIMIT ?")
                .bind(0, project)
                .bind(1, oldestMicros)
                .bind(2, behind)
                .bind(3, Micros.hour(oldestMicros))
                .bind(4, ISSUES_AT_ONCE)
                .mapTo(Long.class)
                .list());
  }
}
