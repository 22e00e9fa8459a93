package io.levee.sql;

import io.levee.engine.issue.IssueStatus;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Writes down what events or time did to decisions, within the caller's transaction. */
final class Reopenings {
  /** Who does that in the activity. */
  static final String ACTOR = "levee";

  private static final String COUNT_UP =
      "INSERT INTO issue_work (issue, version, changed, priority, escalating, rule, rule_number,"
          + " rule_hours, base_events, base_users, base_hour, base_hour_events)"
          + " VALUES (?, 1, ?, 0, ?, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT (issue) DO UPDATE SET"
          + " version = issue_work.version + 1, changed = excluded.changed,"
          + " escalating = excluded.escalating, rule = 0, rule_number = 0, rule_hours = 0,"
          + " rule_release = NULL";
  private static final String LOG =
      "INSERT INTO issue_activity (id, issue, at, actor, from_status, to_status, regressed, kind,"
          + " detail, version) SELECT ?, w.issue, ?, ?, ?, ?, ?, 'status', ?, w.version"
          + " FROM issue_work w WHERE w.issue = ?";

  /**
   * An issue that is unresolved again.
   *
   * @param at in microseconds
   * @param escalating because more came than somebody had said
   */
  record Reopened(
      long issue, IssueStatus from, long at, boolean regressed, boolean escalating, String why) {}

  private final Handle handle;

  Reopenings(Handle handle) {
    this.handle = handle;
  }

  /** Sets the status, too. */
  void reopen(List<Reopened> issues) throws SQLException {
    try (RowBatch rows =
        new RowBatch(
            handle, "UPDATE issue SET status = 0, status_since = ?, regressed = 0 WHERE id = ?")) {
      for (Reopened each : issues) {
        rows.add(each.at(), each.issue());
      }
      rows.finish();
    }
    write(issues);
  }

  /** Counts versions up and logs; the issues' own rows are written already. */
  void write(List<Reopened> issues) throws SQLException {
    if (issues.isEmpty()) {
      return;
    }
    try (RowBatch rows = new RowBatch(handle, COUNT_UP)) {
      for (Reopened each : issues) {
        rows.add(each.issue(), each.at(), each.escalating() ? 1 : 0);
      }
      rows.finish();
    }
    long id = SqlRows.takeIds(handle, "activity", issues.size());
    try (RowBatch rows = new RowBatch(handle, LOG)) {
      for (Reopened each : issues) {
        rows.add(
            id++,
            each.at(),
            ACTOR,
            StatusCode.of(each.from()),
            StatusCode.of(IssueStatus.UNRESOLVED),
            each.regressed() ? 1 : 0,
            each.why(),
            each.issue());
      }
      rows.finish();
    }
  }
}
