package io.levee.sql;

import io.levee.engine.issue.IssueId;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.work.UndoOutcome;
import io.levee.engine.work.WorkStore;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Takes one change back, within the caller's transaction. */
final class WorkUndo {
  private static final int KEPT_SHOWN = 20;
  private static final String UNTOUCHED =
      "EXISTS (SELECT 1 FROM issue_work w WHERE w.issue = issue_change_item.issue"
          + " AND w.version = issue_change_item.version + 1)";

  private final Handle handle;
  private final long change;

  WorkUndo(Handle handle, long change) {
    this.handle = handle;
    this.change = change;
  }

  UndoOutcome run(ProjectScope scope, String actor, Instant at) {
    List<Integer> undone =
        handle
            .createQuery("SELECT undone FROM issue_change WHERE id = ? AND at >= ?")
            .bind(0, change)
            .bind(1, Micros.of(at.minus(WorkStore.UNDO_KEPT)))
            .mapTo(Integer.class)
            .list();
    if (undone.isEmpty() || !isWithin(scope)) {
      return new UndoOutcome.Unknown();
    }
    if (undone.getFirst() != 0) {
      return new UndoOutcome.Already();
    }
    List<Long> kept =
        handle
            .createQuery(
                "SELECT issue FROM issue_change_item WHERE change_id = ? AND NOT "
                    + UNTOUCHED
                    + " ORDER BY issue")
            .bind(0, change)
            .mapTo(Long.class)
            .list();
    handle.execute(
        "DELETE FROM issue_change_item WHERE change_id = ? AND NOT " + UNTOUCHED, change);
    int restored = restore(SqlText.storable(actor), Micros.of(at));
    handle.execute("UPDATE issue_change SET undone = 1 WHERE id = ?", change);
    return new UndoOutcome.Undone(
        restored, kept.size(), kept.stream().limit(KEPT_SHOWN).map(IssueId::new).toList());
  }

  private boolean isWithin(ProjectScope scope) {
    List<Long> projects =
        handle
            .createQuery("SELECT DISTINCT project FROM issue_change_item WHERE change_id = ?")
            .bind(0, change)
            .mapTo(Long.class)
            .list();
    return projects.stream().allMatch(project -> scope.covers(new ProjectId(project)));
  }

  private int restore(String actor, long at) {
    int count =
        handle
            .createQuery("SELECT COUNT(*) FROM issue_change_item WHERE change_id = ?")
            .bind(0, change)
            .mapTo(Integer.class)
            .one();
    if (count == 0) {
      return 0;
    }
    handle.execute(
        "INSERT INTO issue_activity (id, issue, at, actor, from_status, to_status, regressed, kind,"
            + " detail, version) SELECT ? + ROW_NUMBER() OVER (ORDER BY x.issue), x.issue, ?, ?,"
            + " i.status, x.status, 0, 'undo', '', x.version + 2 FROM issue_change_item x"
            + " JOIN issue i ON i.id = x.issue WHERE x.change_id = ?",
        SqlRows.takeIds(handle, "activity", count) - 1,
        at,
        actor,
        change);
    handle.execute(
        "UPDATE issue SET status = x.status, status_since = x.status_since,"
            + " regressed = x.regressed FROM issue_change_item x"
            + " WHERE x.change_id = ? AND x.issue = issue.id",
        change);
    return handle.execute(
        "UPDATE issue_work SET version = issue_work.version + 1, changed = ?,"
            + " priority = x.priority, escalating = x.escalating, rule = x.rule,"
            + " rule_number = x.rule_number, rule_hours = x.rule_hours,"
            + " rule_release = x.rule_release, base_events = x.base_events,"
            + " base_users = x.base_users, base_hour = x.base_hour,"
            + " base_hour_events = x.base_hour_events FROM issue_change_item x"
            + " WHERE x.change_id = ? AND x.issue = issue_work.issue",
        at,
        change);
  }
}
