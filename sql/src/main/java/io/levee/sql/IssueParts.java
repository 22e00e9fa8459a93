package io.levee.sql;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The parts of issues, within the caller's transaction: what each fingerprint has to itself, see
 * {@code V8__issue_parts.sql}. A part is an issue whose project is negative, so that no question of
 * a project finds it.
 */
final class IssueParts {
  private static final String COUNTED =
      " status, status_since, regressed, level, events, users, first_seen, last_seen, title,"
          + " culprit, exception_type, platform, logger, first_release, last_release, search_text";

  private final Handle handle;

  IssueParts(Handle handle) {
    this.handle = handle;
  }

  /** The parts that count, oldest first; none when the issue has but one fingerprint. */
  List<Long> of(long issue) {
    return handle
        .createQuery("SELECT part FROM issue_part WHERE issue = ? AND shell = 0 ORDER BY part")
        .bind(0, issue)
        .mapTo(Long.class)
        .list();
  }

  /**
   * Makes an issue without parts one that has a part: what it counted so far.
   *
   * @return the part
   */
  long begin(long issue) {
    long part = SqlRows.takeIds(handle, "issue", 1);
    handle.execute(
        "INSERT INTO issue (id, project,"
            + COUNTED
            + ") SELECT ?, -project,"
            + COUNTED
            + " FROM issue WHERE id = ?",
        part,
        issue);
    handle.execute(
        "INSERT INTO issue_users (issue, sketch) SELECT ?, sketch FROM issue_users WHERE issue = ?",
        part,
        issue);
    addHours(part, issue);
    addNames(part, issue, -1);
    attach(part, issue, false);
    handle.execute(
        "UPDATE issue_fingerprint SET part = ? WHERE issue = ? AND part IS NULL", part, issue);
    return part;
  }

  /** Notes that a row is a part of an issue. */
  void attach(long part, long issue, boolean shell) {
    handle.execute(
        "INSERT INTO issue_part (part, issue, shell) VALUES (?, ?, ?)", part, issue, shell ? 1 : 0);
  }

  /** Adds the hours of one to those of another. */
  void addHours(long to, long from) {
    handle.execute(
        "INSERT INTO issue_hour (issue, hour, events) SELECT ?, hour, events FROM issue_hour"
            + " WHERE issue = ? ON CONFLICT (issue, hour)"
            + " DO UPDATE SET events = issue_hour.events + excluded.events",
        to,
        from);
  }

  /**
   * Adds the environments and releases of one to those of another.
   *
   * @param sign -1 when one of the two is a part and the other is not
   */
  void addNames(long to, long from, int sign) {
    for (String table : List.of("issue_environment", "issue_release")) {
      handle.execute(
          "INSERT INTO "
              + table
              + " (issue, name, project) SELECT ?, name, project * ? FROM "
              + table
              + " WHERE issue = ? ON CONFLICT (issue, name) DO NOTHING",
          to,
          sign,
          from);
    }
  }

  /** Makes an issue a part, or a part an issue, for whoever asks for its project. */
  void turn(long issue) {
    handle.execute("UPDATE issue SET project = -project WHERE id = ?", issue);
    for (String table : List.of("issue_environment", "issue_release")) {
      handle.execute("UPDATE " + table + " SET project = -project WHERE issue = ?", issue);
    }
  }

  /** Drops the parts whose issue is gone. */
  void dropOrphans() {
    handle.execute(
        "DELETE FROM issue WHERE project < 0"
            + " AND NOT EXISTS (SELECT 1 FROM issue_part p WHERE p.part = issue.id)");
  }
}
