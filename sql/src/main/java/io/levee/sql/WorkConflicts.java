package io.levee.sql;

import io.levee.engine.issue.IssueFilter;
import io.levee.engine.issue.IssueId;
import io.levee.engine.work.ChangeOutcome;
import io.levee.engine.work.Sight;
import io.levee.engine.work.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Finds out whether the issues of a change are as they were seen. */
final class WorkConflicts {
  private static final int ENTRIES_SHOWN = 10;

  private final Handle handle;
  private final long change;
  private final int shown;

  /**
   * @param change whose items are noted
   * @param shown how many conflicts to describe
   */
  WorkConflicts(Handle handle, long change, int shown) {
    this.handle = handle;
    this.change = change;
    this.shown = shown;
  }

  /** Null when nothing speaks against the change. */
  ChangeOutcome.@Nullable Stale find(Target target) {
    List<ChangeOutcome.Conflict> conflicts = new ArrayList<>();
    int found = 0;
    for (Item item : changed(target)) {
      found++;
      if (conflicts.size() < shown) {
        IssueId issue = new IssueId(item.issue());
        conflicts.add(
            new ChangeOutcome.Conflict(
                issue,
                item.version(),
                new WorkReader(handle).since(item.issue(), item.seen(), ENTRIES_SHOWN)));
      }
    }
    return found == 0 ? null : new ChangeOutcome.Stale(found, conflicts);
  }

  /**
   * @param version now
   * @param seen the version that was seen
   */
  private record Item(long issue, long version, long seen) {}

  private List<Item> changed(Target target) {
    return switch (target) {
      case Target.Named(Map<IssueId, Long> versions) -> changedNamed(versions);
      case Target.Matching(IssueFilter ignored, @Nullable Sight seen) ->
          seen == null ? List.of() : changedSince(Micros.of(seen.at()));
    };
  }

  private List<Item> changedNamed(Map<IssueId, Long> versions) {
    if (versions.values().stream().allMatch(version -> version == Target.ANY_VERSION)) {
      return List.of();
    }
    return handle
        .createQuery("SELECT issue, version FROM issue_change_item WHERE change_id = ?")
        .bind(0, change)
        .map((row, context) -> {
          long issue = row.getLong(1);
          long seen = versions.getOrDefault(new IssueId(issue), Target.ANY_VERSION);
          return new Item(issue, row.getLong(2), seen);
        })
        .list()
        .stream()
        .filter(item -> item.seen() != Target.ANY_VERSION && item.seen() != item.version())
        .toList();
  }

  private List<Item> changedSince(long micros) {
    return handle
        .createQuery(
            "SELECT x.issue, x.version, (SELECT COUNT(*) FROM issue_activity a"
                + " WHERE a.issue = x.issue AND a.at > ? AND a.version > 0) AS entries"
                + " FROM issue_change_item x JOIN issue_work w ON w.issue = x.issue"
                + " WHERE x.change_id = ? AND w.changed > ? ORDER BY x.issue")
        .bind(0, micros)
        .bind(1, change)
        .bind(2, micros)
        .map((row, context) ->
            new Item(
                row.getLong("issue"),
                row.getLong("version"),
                row.getLong("version") - row.getLong("entries")))
        .list();
  }
}
