package io.levee.sql;

import io.levee.engine.issue.IssueStatus;
import io.levee.engine.run.BackendException;
import io.levee.event.Fingerprint;
import io.levee.event.ProjectId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Brings the deltas of one batch into the tables, within the caller's transaction: one look-up, one
 * statement a table. Made for one batch and thrown away. Fingerprints that were merged into one
 * issue meet here.
 */
final class IssueWriter {
  private static final int LOOKUP_ROWS = 500;
  private static final String INSERT_FINGERPRINT =
      "INSERT INTO issue_fingerprint (project, version, hash_high, hash_low, issue, ordinal)"
          + " VALUES (?, ?, ?, ?, ?, 0)";
  private static final String PUT_SKETCH =
      "INSERT INTO issue_users (issue, sketch) VALUES (?, ?)"
          + " ON CONFLICT (issue) DO UPDATE SET sketch = excluded.sketch";
  private static final String ADD_HOUR =
      "INSERT INTO issue_hour (issue, hour, events) VALUES (?, ?, ?)"
          + " ON CONFLICT (issue, hour) DO UPDATE SET events = issue_hour.events + excluded.events";

  private final SqlDatabase database;
  private final Handle handle;

  IssueWriter(SqlDatabase database, Handle handle) {
    this.database = database;
    this.handle = handle;
  }

  /** Writes the deltas of a batch; a fingerprint is in it once. */
  void write(List<IssueDelta> deltas) throws SQLException {
    if (deltas.isEmpty()) {
      return;
    }
    Map<IssueDelta, IssueState> issueOf = existing(deltas);
    List<IssueDelta> unknown = deltas.stream().filter(d -> !issueOf.containsKey(d)).toList();
    create(unknown, issueOf);
    Decisions decisions = new Decisions(handle);
    decisions.tell(issueOf);
    List<IssueState> reopened = new ArrayList<>();
    issueOf.forEach((delta, issue) -> {
      if (issue.merge(delta)) {
        reopened.add(issue);
      }
    });
    writeIssues(issueOf);
    writeFingerprints(unknown, issueOf);
    writeSketches(issueOf);
    writeHours(issueOf);
    for (Facet facet : Facet.values()) {
      new NameWriter(handle, facet).write(issueOf);
    }
    new ReleaseRows(handle).write(deltas);
    writeReopened(reopened);
    decisions.check(issueOf);
  }

  private Map<IssueDelta, IssueState> existing(List<IssueDelta> deltas) throws SQLException {
    Map<Long, IssueState> issues = new HashMap<>();
    Map<IssueDelta, IssueState> found = new LinkedHashMap<>();
    for (int from = 0; from < deltas.size(); from += LOOKUP_ROWS) {
      List<IssueDelta> some = deltas.subList(from, Math.min(from + LOOKUP_ROWS, deltas.size()));
      lookUp(some, issues, found);
    }
    return found;
  }

  private void lookUp(
      List<IssueDelta> deltas, Map<Long, IssueState> issues, Map<IssueDelta, IssueState> found)
      throws SQLException {
    Map<IssueDelta.Key, IssueDelta> byKey = new HashMap<>();
    String sql =
        "WITH wanted (project, version, hash_high, hash_low) AS (VALUES "
            + SqlText.rows(deltas.size(), 4)
            + ") SELECT f.project, f.version, f.hash_high, f.hash_low, "
            + IssueState.COLUMNS
            + " FROM wanted w JOIN issue_fingerprint f ON f.project = w.project"
            + " AND f.version = w.version AND f.hash_high = w.hash_high AND f.hash_low = w.hash_low"
            + " JOIN issue i ON i.id = f.issue LEFT JOIN issue_users u ON u.issue = i.id"
            + database.lockRows("i");
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      int at = 1;
      for (IssueDelta delta : deltas) {
        byKey.put(delta.key(), delta);
        statement.setLong(at++, delta.project().value());
        statement.setInt(at++, delta.fingerprint().version());
        statement.setLong(at++, delta.fingerprint().high());
        statement.setLong(at++, delta.fingerprint().low());
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          IssueDelta delta = byKey.get(key(rows));
          if (delta != null) {
            found.put(delta, issue(rows, issues));
          }
        }
      }
    }
  }

  private static IssueDelta.Key key(ResultSet row) throws SQLException {
    return new IssueDelta.Key(
        new ProjectId(row.getLong(1)),
        new Fingerprint(row.getInt(2), row.getLong(3), row.getLong(4)));
  }

  private IssueState issue(ResultSet row, Map<Long, IssueState> issues) throws SQLException {
    long id = row.getLong("id");
    IssueState known = issues.get(id);
    if (known == null) {
      known = readIssue(row, id);
      issues.put(id, known);
    }
    return known;
  }

  private IssueState readIssue(ResultSet row, long id) throws SQLException {
    try {
      return IssueState.read(row);
    } catch (IllegalArgumentException e) {
      throw new BackendException.Corrupt(database.name(), "read issue", "issue " + id, e);
    }
  }

  private void create(List<IssueDelta> unknown, Map<IssueDelta, IssueState> issueOf) {
    if (unknown.isEmpty()) {
      return;
    }
    long id = SqlRows.takeIds(handle, "issue", unknown.size());
    for (IssueDelta delta : unknown) {
      issueOf.put(delta, new IssueState(id++, delta));
    }
  }

  private void writeIssues(Map<IssueDelta, IssueState> issueOf) throws SQLException {
    try (RowBatch inserts = new RowBatch(handle, IssueState.INSERT);
        RowBatch updates = new RowBatch(handle, IssueState.UPDATE)) {
      for (Map.Entry<IssueDelta, IssueState> each : issueOf.entrySet()) {
        if (each.getValue().created()) {
          inserts.add(each.getValue().insertRow(each.getKey().project().value()));
        } else {
          updates.add(each.getValue().updateRow());
        }
      }
      inserts.finish();
      updates.finish();
    }
  }

  private void writeFingerprints(List<IssueDelta> unknown, Map<IssueDelta, IssueState> issueOf)
      throws SQLException {
    try (RowBatch rows = new RowBatch(handle, INSERT_FINGERPRINT)) {
      for (IssueDelta delta : unknown) {
        Fingerprint fingerprint = delta.fingerprint();
        rows.add(
            delta.project().value(),
            fingerprint.version(),
            fingerprint.high(),
            fingerprint.low(),
            issue(issueOf, delta).id());
      }
      rows.finish();
    }
  }

  private void writeSketches(Map<IssueDelta, IssueState> issueOf) throws SQLException {
    try (RowBatch rows = new RowBatch(handle, PUT_SKETCH)) {
      for (IssueState issue : issueOf.values()) {
        byte[] sketch = issue.changedSketch();
        if (sketch != null) {
          rows.add(issue.id(), sketch);
        }
      }
      rows.finish();
    }
  }

  private void writeHours(Map<IssueDelta, IssueState> issueOf) throws SQLException {
    try (RowBatch rows = new RowBatch(handle, ADD_HOUR)) {
      for (Map.Entry<IssueDelta, IssueState> each : issueOf.entrySet()) {
        for (Map.Entry<Long, Long> hour : each.getKey().eventsByHour().entrySet()) {
          rows.add(each.getValue().id(), hour.getKey(), hour.getValue());
        }
      }
      rows.finish();
    }
  }

  private void writeReopened(List<IssueState> reopened) throws SQLException {
    new Reopenings(handle)
        .write(
            reopened.stream()
                .map(issue ->
                    new Reopenings.Reopened(
                        issue.id(),
                        IssueStatus.RESOLVED,
                        issue.statusSince(),
                        true,
                        false,
                        issue.lastRelease() == null ? "" : "in " + issue.lastRelease()))
                .toList());
  }

  private static IssueState issue(Map<IssueDelta, IssueState> issueOf, IssueDelta delta) {
    IssueState issue = issueOf.get(delta);
    if (issue == null) {
      throw new IllegalStateException("no issue for " + delta.fingerprint());
    }
    return issue;
  }
}
