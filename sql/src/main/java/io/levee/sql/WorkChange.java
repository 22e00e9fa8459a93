package io.levee.sql;

import io.levee.engine.issue.IssueFilter;
import io.levee.engine.issue.IssueId;
import io.levee.engine.issue.IssueStatus;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.work.Change;
import io.levee.engine.work.ChangeOutcome;
import io.levee.engine.work.Fix;
import io.levee.engine.work.Priority;
import io.levee.engine.work.Sight;
import io.levee.engine.work.Target;
import io.levee.engine.work.Until;
import io.levee.engine.work.WorkStore;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One change of one or many issues, within the caller's transaction. What the issues were before is
 * written down first, one row each; everything after that goes by these rows, a statement for all
 * of them. Made for one change and thrown away.
 */
final class WorkChange {
  private static final int LOOKUP_ROWS = 500;
  private static final int CONFLICTS_SHOWN = 20;

  private static final String ITEMS =
      "(SELECT x.issue FROM issue_change_item x WHERE x.change_id = ?)";
  private static final String NOTE =
      "INSERT INTO issue_change_item (change_id, issue, project, version, status, status_since,"
          + " regressed, priority, escalating, rule, rule_number, rule_hours, rule_release,"
          + " base_events, base_users, base_hour, base_hour_events)"
          + " SELECT %d, i.id, i.project, COALESCE(w.version, 0), i.status, i.status_since,"
          + " i.regressed, COALESCE(w.priority, 0), COALESCE(w.escalating, 0),"
          + " COALESCE(w.rule, 0), COALESCE(w.rule_number, 0), COALESCE(w.rule_hours, 0),"
          + " w.rule_release, COALESCE(w.base_events, 0), COALESCE(w.base_users, 0),"
          + " COALESCE(w.base_hour, 0), COALESCE(w.base_hour_events, 0)"
          + " FROM issue i LEFT JOIN issue_work w ON w.issue = i.id WHERE ";
  private static final String BEGIN_WORK =
      "INSERT INTO issue_work (issue, version, changed, priority, escalating, rule, rule_number,"
          + " rule_hours, base_events, base_users, base_hour, base_hour_events)"
          + " SELECT x.issue, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM issue_change_item x"
          + " WHERE x.change_id = ? ON CONFLICT (issue) DO NOTHING";
  private final Handle handle;
  private final String actor;
  private final long at;
  private final long id;

  WorkChange(Handle handle, String actor, Instant at) {
    this.handle = handle;
    this.actor = SqlText.storable(actor);
    this.at = Micros.of(at);
    this.id = SqlRows.takeIds(handle, "change", 1);
  }

  /** Changes what the target names, or nothing. */
  ChangeOutcome run(ProjectScope scope, Target target, Change change) {
    if (change instanceof Change.ResolveInRelease(String release) && !isKnown(scope, release)) {
      return new ChangeOutcome.UnknownRelease(release);
    }
    handle.execute(
        "INSERT INTO issue_change (id, at, actor, undone) VALUES (?, ?, ?, 0)", id, at, actor);
    note(scope, target);
    long noted = count();
    if (target instanceof Target.Matching && noted > Target.MATCHING_MAX) {
      forget();
      return new ChangeOutcome.TooMany(noted);
    }
    ChangeOutcome.Stale stale = new WorkConflicts(handle, id, CONFLICTS_SHOWN).find(target);
    if (stale != null) {
      forget();
      return stale;
    }
    leaveOut(change);
    int changed = (int) count();
    Instant until = Micros.instant(at).plus(WorkStore.UNDO_KEPT);
    if (changed == 0) {
      forget();
      return new ChangeOutcome.Changed(0, null, until);
    }
    handle.execute(BEGIN_WORK, id);
    apply(scope, change, changed);
    return new ChangeOutcome.Changed(changed, Long.toString(id), until);
  }

  private boolean isKnown(ProjectScope scope, String release) {
    return scope.projects().stream()
        .anyMatch(project -> new ReleaseRows(handle).exists(project.value(), release));
  }

  private void note(ProjectScope scope, Target target) {
    switch (target) {
      case Target.Named(Map<IssueId, Long> versions) -> noteNamed(scope, versions.keySet());
      case Target.Matching(IssueFilter filter, @Nullable Sight seen) -> noteMatching(filter, seen);
    }
  }

  private void noteNamed(ProjectScope scope, Collection<IssueId> issues) {
    List<Long> ids = issues.stream().map(IssueId::value).sorted().toList();
    List<Long> projects = scope.projects().stream().map(ProjectId::value).sorted().toList();
    for (int from = 0; from < ids.size(); from += LOOKUP_ROWS) {
      List<Long> some = ids.subList(from, Math.min(from + LOOKUP_ROWS, ids.size()));
      List<Object> parameters = new ArrayList<>(projects);
      parameters.addAll(some);
      handle.execute(
          NOTE.formatted(id)
              + "+i.project IN ("
              + SqlText.parameters(projects.size())
              + ") AND i.id IN ("
              + SqlText.parameters(some.size())
              + ")",
          parameters.toArray());
    }
  }

  private void noteMatching(IssueFilter filter, @Nullable Sight seen) {
    Collection<Long> holding = null;
    if (filter.fingerprints() != null) {
      holding = new IssueReader(handle).holding(filter.scope(), filter.fingerprints());
      if (holding.isEmpty()) {
        return;
      }
    }
    IssueQuery query = new IssueQuery(filter, holding);
    String seenOnly = seen == null ? "" : " AND i.id <= " + seen.lastIssue();
    for (ProjectId project : new TreeSet<>(filter.scope().projects())) {
      handle.execute(
          NOTE.formatted(id)
              + query.conditions()
              + seenOnly
              + " LIMIT "
              + (Target.MATCHING_MAX + 1),
          query.parameters(project).toArray());
    }
  }

  private long count() {
    return handle
        .createQuery("SELECT COUNT(*) FROM issue_change_item WHERE change_id = ?")
        .bind(0, id)
        .mapTo(Long.class)
        .one();
  }

  private void forget() {
    handle.execute("DELETE FROM issue_change_item WHERE change_id = ?", id);
    handle.execute("DELETE FROM issue_change WHERE id = ?", id);
  }

  /** What is so already is not changed again. */
  private void leaveOut(Change change) {
    String same =
        switch (change) {
          case Change.Unresolve ignored -> "status = 0 AND regressed = 0 AND escalating = 0";
          case Change.Resolve ignored -> "status = 1 AND rule = 0";
          case Change.Ignore(Until until) ->
              until instanceof Until.Forever ? "status = 2 AND rule = 0" : "1 = 0";
          case Change.Archive ignored -> "status = 3";
          case Change.Prioritise(Priority priority) -> "priority = " + priority.code();
          case Change.ResolveInNextRelease ignored -> "1 = 0";
          case Change.ResolveInRelease ignored -> "1 = 0";
        };
    handle.execute("DELETE FROM issue_change_item WHERE change_id = ? AND " + same, id);
  }

  private void apply(ProjectScope scope, Change change, int changed) {
    switch (change) {
      case Change.Unresolve ignored -> all(IssueStatus.UNRESOLVED, WorkRule.NONE, "", changed);
      case Change.Resolve ignored -> all(IssueStatus.RESOLVED, WorkRule.NONE, "", changed);
      case Change.Archive ignored -> all(IssueStatus.ARCHIVED, WorkRule.NONE, "", changed);
      case Change.Ignore(Until until) ->
          all(
              IssueStatus.IGNORED,
              WorkRule.of(until),
              until instanceof Until.Forever ? "" : until.words(),
              changed);
      case Change.ResolveInRelease(String release) -> {
        Fix fix = new Fix.InRelease(SqlText.storable(release));
        all(IssueStatus.RESOLVED, WorkRule.of(fix), fix.words(), changed);
      }
      case Change.ResolveInNextRelease ignored -> resolveInNext(scope, changed);
      case Change.Prioritise(Priority priority) -> prioritise(priority, changed);
    }
  }

  private void all(IssueStatus status, WorkRule rule, String detail, int changed) {
    setStatus(status);
    setRule(rule, "");
    log(Integer.toString(StatusCode.of(status)), "status", detail, changed);
  }

  private void setStatus(IssueStatus status) {
    handle.execute(
        "UPDATE issue SET status = ?, status_since = ?, regressed = 0 WHERE id IN " + ITEMS,
        StatusCode.of(status),
        at,
        id);
  }

  /**
   * @param ofProject a condition on an item called x
   */
  private void setRule(WorkRule rule, String ofProject) {
    long hour = Micros.hour(at);
    String base =
        rule.code() == WorkRule.NONE.code()
            ? ""
            : ", base_events = (SELECT i.events FROM issue i WHERE i.id = issue_work.issue),"
                + " base_users = (SELECT i.users FROM issue i WHERE i.id = issue_work.issue),"
                + " base_hour = "
                + hour
                + ", base_hour_events = COALESCE((SELECT h.events FROM issue_hour h"
                + " WHERE h.issue = issue_work.issue AND h.hour = "
                + hour
                + "), 0)";
    handle.execute(
        "UPDATE issue_work SET version = version + 1, changed = ?, escalating = 0, rule = ?,"
            + " rule_number = ?, rule_hours = ?, rule_release = ?"
            + base
            + " WHERE issue IN (SELECT x.issue FROM issue_change_item x WHERE x.change_id = ?"
            + ofProject
            + ")",
        at,
        rule.code(),
        rule.number(),
        rule.hours(),
        rule.release(),
        id);
  }

  /** Every project has its own latest release. */
  private void resolveInNext(ProjectScope scope, int changed) {
    setStatus(IssueStatus.RESOLVED);
    Map<Long, Fix> fixes = new LinkedHashMap<>();
    for (ProjectId project : new TreeSet<>(scope.projects())) {
      Fix fix = new Fix.AfterRelease(new ReleaseRows(handle).latest(project.value()));
      fixes.put(project.value(), fix);
      setRule(WorkRule.of(fix), " AND x.project = " + project.value());
    }
    String detail =
        fixes.size() == 1
            ? fixes.values().iterator().next().words()
            : new Fix.AfterRelease(null).words();
    log(Integer.toString(StatusCode.of(IssueStatus.RESOLVED)), "status", detail, changed);
  }

  private void prioritise(Priority priority, int changed) {
    handle.execute(
        "UPDATE issue_work SET version = version + 1, changed = ?, priority = ? WHERE issue IN "
            + ITEMS,
        at,
        priority.code(),
        id);
    log("x.status", "priority", priority.wireName(), changed);
  }

  private void log(String toStatus, String kind, String detail, int changed) {
    long first = SqlRows.takeIds(handle, "activity", changed);
    handle.execute(
        "INSERT INTO issue_activity (id, issue, at, actor, from_status, to_status, regressed, kind,"
            + " detail, version) SELECT ? + ROW_NUMBER() OVER (ORDER BY x.issue), x.issue, ?, ?,"
            + " x.status, "
            + toStatus
            + ", 0, ?, ?, x.version + 1 FROM issue_change_item x WHERE x.change_id = ?",
        first - 1,
        at,
        actor,
        kind,
        detail,
        id);
  }
}
