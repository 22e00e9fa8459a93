package io.levee.sql;

import io.levee.engine.issue.IssueStatus;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Brings the deltas of one batch into the tables, within the caller's transaction: one look-up, one
 * statement a table. Made for one batch and thrown away. Fingerprints that were merged into one
 * issue meet here.
 */
final class IssueWriter {
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
    IssueResolver resolver = new IssueResolver(database, handle);
    resolver.resolve(deltas);
    Map<IssueDelta, IssueState> issueOf = resolver.issues(deltas);
    Map<IssueDelta, IssueState> partOf = resolver.parts(deltas);
    Decisions decisions = new Decisions(handle);
    decisions.tell(issueOf);
    List<IssueState> reopened = new ArrayList<>();
    issueOf.forEach((delta, issue) -> {
      if (issue.merge(delta)) {
        reopened.add(issue);
      }
    });
    partOf.forEach((delta, part) -> part.merge(delta));
    writeIssues(issueOf, 1);
    writeIssues(partOf, -1);
    resolver.write();
    writeSketches(issueOf);
    writeSketches(partOf);
    writeHours(issueOf);
    writeHours(partOf);
    for (Facet facet : Facet.values()) {
      new NameWriter(handle, facet).write(issueOf, partOf);
    }
    new ReleaseRows(handle).write(deltas);
    writeReopened(reopened);
    decisions.check(issueOf);
  }

  /**
   * @param sign -1 for parts, whose project is negative
   */
  private void writeIssues(Map<IssueDelta, IssueState> issueOf, int sign) throws SQLException {
    Set<Long> written = new HashSet<>();
    try (RowBatch inserts = new RowBatch(handle, IssueState.INSERT);
        RowBatch updates = new RowBatch(handle, IssueState.UPDATE)) {
      for (Map.Entry<IssueDelta, IssueState> each : issueOf.entrySet()) {
        IssueState issue = each.getValue();
        if (!written.add(issue.id())) {
          continue;
        }
        if (issue.created()) {
          inserts.add(issue.insertRow(sign * each.getKey().project().value()));
        } else {
          updates.add(issue.updateRow());
        }
      }
      inserts.finish();
      updates.finish();
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
}
