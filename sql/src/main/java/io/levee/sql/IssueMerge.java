package io.levee.sql;

import io.levee.engine.grouping.MergeStore.Done;
import io.levee.engine.grouping.MergeStore.Outcome;
import io.levee.engine.grouping.MergeStore.Refused;
import io.levee.engine.issue.IssueId;
import io.levee.event.Fingerprint;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** One merge or unmerge, within the caller's transaction, by somebody at some time. */
final class IssueMerge {
  private static final String PUT_SKETCH =
      "INSERT INTO issue_users (issue, sketch) VALUES (?, ?)"
          + " ON CONFLICT (issue) DO UPDATE SET sketch = excluded.sketch";

  private final Handle handle;
  private final String lock;
  private final IssueParts parts;
  private final String actor;
  private final long at;

  IssueMerge(SqlDatabase database, Handle handle, String actor, long at) {
    this.handle = handle;
    this.lock = database.lockRows("i");
    this.parts = new IssueParts(handle);
    this.actor = actor;
    this.at = at;
  }

  /** Merges issues of one project, all of which are there. */
  void merge(long into, Set<Long> others) throws SQLException {
    if (parts.of(into).isEmpty()) {
      parts.begin(into);
    }
    IssueState sum = state(into);
    for (long other : others) {
      IssueState merged = state(other);
      sum.absorb(merged);
      parts.addHours(into, other);
      parts.addNames(into, other, 1);
      handOver(other, into);
      log(into, true, other, title(other));
    }
    write(List.of(sum));
  }

  /** The other's row goes on as a part, or as the shell of its parts. */
  private void handOver(long other, long into) {
    boolean hasParts = !parts.of(other).isEmpty();
    handle.execute("UPDATE issue_part SET issue = ? WHERE issue = ?", into, other);
    handle.execute(
        "UPDATE issue_fingerprint SET part = COALESCE(part, ?), issue = ?,"
            + " ordinal = CASE WHEN ordinal = 0 THEN 1 ELSE ordinal END WHERE issue = ?",
        other,
        into,
        other);
    parts.turn(other);
    parts.attach(other, into, hasParts);
  }

  private IssueState state(long id) {
    return IssueState.read(handle, List.of(id), lock).getFirst();
  }

  private String title(long id) {
    return handle
        .createQuery("SELECT title FROM issue WHERE id = ?")
        .bind(0, id)
        .mapTo(String.class)
        .one();
  }

  private void write(List<IssueState> states) throws SQLException {
    try (RowBatch updates = new RowBatch(handle, IssueState.UPDATE);
        RowBatch sketches = new RowBatch(handle, PUT_SKETCH)) {
      for (IssueState state : states) {
        updates.add(state.updateRow());
        byte[] sketch = state.changedSketch();
        if (sketch != null) {
          sketches.add(state.id(), sketch);
        }
      }
      updates.finish();
      sketches.finish();
    }
  }

  private void log(long issue, boolean merged, long other, String title) {
    handle.execute(
        "INSERT INTO issue_merge (id, issue, at, actor, merged, other, title)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        SqlRows.takeIds(handle, "merge", 1),
        issue,
        at,
        actor,
        merged ? 1 : 0,
        other,
        title);
  }

  /** Takes fingerprints out of an issue that is there. */
  Outcome unmerge(long issue, Set<Fingerprint> fingerprints) throws SQLException {
    if (fingerprints.isEmpty()) {
      return new Refused("fingerprints: none (expected: those to take out)");
    }
    Set<Long> leaving = new LinkedHashSet<>();
    for (Fingerprint fingerprint : fingerprints) {
      Optional<Long> part = part(issue, fingerprint);
      if (part.isEmpty()) {
        return new Refused(
            "fingerprint " + fingerprint + ": not of issue " + issue + " (expected: one that is)");
      }
      leaving.add(part.get());
    }
    List<Long> staying = new ArrayList<>(parts.of(issue));
    staying.removeAll(leaving);
    if (staying.isEmpty() || leaving.contains(0L)) {
      return new Refused(
          "all fingerprints of issue " + issue + " (expected: at least one that stays)");
    }
    List<IssueState> changed = new ArrayList<>();
    for (long part : leaving) {
      changed.add(free(part, issue));
    }
    List<IssueState> left = IssueState.read(handle, staying, lock);
    changed.add(state(issue).counting(left));
    recount(issue, staying);
    write(changed);
    List<IssueId> issues = new ArrayList<>();
    issues.add(new IssueId(issue));
    leaving.forEach(part -> issues.add(new IssueId(part)));
    return new Done(issues);
  }

  /** The part that counts a fingerprint of an issue, 0 when the issue has none. */
  private Optional<Long> part(long issue, Fingerprint fingerprint) {
    return handle
        .createQuery(
            "SELECT COALESCE(part, 0) FROM issue_fingerprint WHERE issue = ? AND version = ?"
                + " AND hash_high = ? AND hash_low = ? AND joins = 0")
        .bind(0, issue)
        .bind(1, fingerprint.version())
        .bind(2, fingerprint.high())
        .bind(3, fingerprint.low())
        .mapTo(Long.class)
        .findOne();
  }

  /** Makes a part an issue that everybody sees, with its fingerprints pinned to it. */
  private IssueState free(long part, long issue) {
    handle.execute("DELETE FROM issue_part WHERE part = ?", part);
    handle.execute(
        "UPDATE issue_fingerprint SET issue = ?, part = NULL, pinned = 1,"
            + " ordinal = CASE WHEN joins = 0 THEN 0 ELSE 2 END WHERE issue = ? AND part = ?",
        part,
        issue,
        part);
    parts.turn(part);
    log(issue, false, part, title(part));
    IssueState freed = state(part);
    freed.undecided(at);
    return freed;
  }

  private void recount(long issue, List<Long> staying) {
    for (String table : List.of("issue_hour", "issue_environment", "issue_release")) {
      handle.execute("DELETE FROM " + table + " WHERE issue = ?", issue);
    }
    for (long part : staying) {
      parts.addHours(issue, part);
      parts.addNames(issue, part, -1);
    }
  }
}
