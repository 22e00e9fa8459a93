package io.levee.sql;

import io.levee.engine.issue.IssueStatus;
import io.levee.engine.work.Fix;
import io.levee.engine.work.Until;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What people decided about the issues of a batch, and whether the batch speaks against it. Asks
 * only about issues that are resolved or ignored: most batches ask nothing. Used by one thread,
 * within the caller's transaction.
 */
final class Decisions {
  private static final int LOOKUP_ROWS = 500;

  private record Rule(
      WorkRule rule, long baseEvents, long baseUsers, long baseHour, long baseHourEvents) {}

  private final Handle handle;
  private final Map<Long, Rule> rules = new HashMap<>();

  Decisions(Handle handle) {
    this.handle = handle;
  }

  /** Reads the conditions of a batch's issues, and tells those that are resolved in a release. */
  void tell(Map<IssueDelta, IssueState> issueOf) {
    Map<Long, IssueDelta> decided = new LinkedHashMap<>();
    issueOf.forEach((delta, issue) -> {
      if (issue.status() == IssueStatus.RESOLVED || issue.status() == IssueStatus.IGNORED) {
        decided.put(issue.id(), delta);
      }
    });
    List<Long> ids = List.copyOf(decided.keySet());
    for (int from = 0; from < ids.size(); from += LOOKUP_ROWS) {
      read(ids.subList(from, Math.min(from + LOOKUP_ROWS, ids.size())));
    }
    issueOf.forEach((delta, issue) -> {
      Rule rule = rules.get(issue.id());
      Fix fix = rule == null ? null : rule.rule().fix();
      if (fix != null) {
        issue.resolvedIn(new ReleaseFix(fix, new ReleaseRows(handle), delta.project().value()));
      }
    });
  }

  private void read(List<Long> ids) {
    var query =
        handle.createQuery(
            "SELECT * FROM issue_work WHERE rule <> 0 AND issue IN ("
                + SqlText.parameters(ids.size())
                + ")");
    for (int i = 0; i < ids.size(); i++) {
      query.bind(i, ids.get(i));
    }
    query
        .map((row, context) ->
            rules.put(
                row.getLong("issue"),
                new Rule(
                    WorkRule.read(row),
                    row.getLong("base_events"),
                    row.getLong("base_users"),
                    row.getLong("base_hour"),
                    row.getLong("base_hour_events"))))
        .list();
  }

  /** Reopens what was ignored until something that has come; the batch is written already. */
  void check(Map<IssueDelta, IssueState> issueOf) throws SQLException {
    if (rules.isEmpty()) {
      return;
    }
    Map<Long, Reopenings.Reopened> reopened = new LinkedHashMap<>();
    for (Map.Entry<IssueDelta, IssueState> each : issueOf.entrySet()) {
      IssueState issue = each.getValue();
      Rule rule = rules.get(issue.id());
      Until until = rule == null ? null : rule.rule().until();
      if (rule == null || until == null || issue.status() != IssueStatus.IGNORED) {
        continue;
      }
      String why = over(until, rule, issue, each.getKey());
      if (why != null) {
        boolean escalating = !(until instanceof Until.Time);
        long at = each.getKey().receivedMicros();
        reopened.put(
            issue.id(),
            new Reopenings.Reopened(issue.id(), IssueStatus.IGNORED, at, false, escalating, why));
      }
    }
    new Reopenings(handle).reopen(List.copyOf(reopened.values()));
  }

  /** Why the condition is over, in words; null when it isn't. */
  private @Nullable String over(Until until, Rule rule, IssueState issue, IssueDelta delta) {
    return switch (until) {
      case Until.Forever ignored -> null;
      case Until.Time(var at) -> delta.receivedMicros() >= Micros.of(at) ? "its time came" : null;
      case Until.Events(long more) -> said(issue.events() - rule.baseEvents(), more, "more events");
      case Until.Users(long more) -> said(issue.users() - rule.baseUsers(), more, "more users");
      case Until.Rate(long most, int hours) ->
          said(
              eventsWithin(issue.id(), hours, Micros.hour(delta.lastSeen()), rule),
              most,
              "events within " + hours + (hours == 1 ? " hour" : " hours"));
    };
  }

  private static @Nullable String said(long counted, long most, String what) {
    return counted >= most ? counted + " " + what : null;
  }

  /** Counted since it is ignored: its first hour counts without what came before. */
  private long eventsWithin(long issue, int hours, long lastHour, Rule rule) {
    long firstHour = Math.max(rule.baseHour(), lastHour - hours + 1);
    List<Object> parameters = new ArrayList<>(List.of(issue, firstHour, lastHour));
    var query =
        handle.createQuery(
            "SELECT COALESCE(SUM(events), 0) FROM issue_hour WHERE issue = ? AND hour >= ?"
                + " AND hour <= ?");
    for (int i = 0; i < parameters.size(); i++) {
      query.bind(i, parameters.get(i));
    }
    long events = query.mapTo(Long.class).one();
    return firstHour == rule.baseHour() ? events - rule.baseHourEvents() : events;
  }
}
