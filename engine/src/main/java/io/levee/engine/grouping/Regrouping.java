package io.levee.engine.grouping;

import io.levee.engine.index.EventIndex;
import io.levee.engine.index.SearchPage;
import io.levee.engine.index.SearchRequest;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueId;
import io.levee.engine.issue.IssueStore;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.Fingerprint;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says into which issues a project's events would go if they came in now, under the rules in force
 * or under others, and teaches that without rewriting an event. Thread-safe; reads go through the
 * index page by page.
 */
public final class Regrouping {
  private static final int PAGE = 1_000;

  /**
   * What would change.
   *
   * @param events that were looked at, weights not added
   * @param complete whether those are all of the time asked for
   * @param ruled how many of them a rule decides about
   * @param moves the largest first; empty when nothing would change
   */
  public record Outlook(long events, boolean complete, long ruled, List<Move> moves) {
    public Outlook {
      moves = List.copyOf(moves);
    }
  }

  /**
   * Events that would go elsewhere.
   *
   * @param fingerprint that they would have
   * @param into the issue that they would join; null: they would become a new one
   * @param title of that issue, or of the newest of the events
   * @param events weights added
   * @param whole whether all events of the issues that they come from go the same way
   * @param example one of them
   */
  public record Move(
      Fingerprint fingerprint,
      @Nullable IssueId into,
      String title,
      long events,
      boolean whole,
      List<From> from,
      EventId example) {
    public Move {
      from = List.copyOf(from);
    }
  }

  /** Where some of a move's events are now. */
  public record From(IssueId issue, String title, long events) {}

  private final EventIndex index;
  private final IssueStore issues;
  private final MergeStore merges;
  private final GroupingInForce grouping;

  public Regrouping(
      EventIndex index, IssueStore issues, MergeStore merges, GroupingInForce grouping) {
    this.index = index;
    this.issues = issues;
    this.merges = merges;
    this.grouping = grouping;
  }

  /**
   * What would change for the newest errors of a stretch of time.
   *
   * @param rules those to try
   * @param eventsMax after so many it stops
   */
  public Outlook outlook(ProjectId project, GroupingRules rules, TimeRange range, int eventsMax) {
    Round round = new Round(ProjectScope.of(project), rules);
    String after = null;
    boolean complete = false;
    while (!complete && round.events < eventsMax) {
      int limit = Math.min(PAGE, eventsMax - (int) round.events);
      SearchPage page =
          index.search(
              new SearchRequest(
                  round.scope,
                  new Query.Term("kind", "error"),
                  range,
                  SearchRequest.Order.NEWEST,
                  after,
                  limit));
      page.events().forEach(round::add);
      after = page.next();
      complete = after == null;
    }
    return new Outlook(round.events, complete, round.ruled, round.moves());
  }

  /**
   * Teaches what an outlook under the rules in force says of whole issues: those that would become
   * one are merged, and fingerprints that are new find the issue that they are of. What would only
   * take a part of an issue away is left alone: events to come decide that. Safe while events come
   * in.
   *
   * @return in words, what was done
   */
  public List<String> apply(ProjectId project, Outlook outlook, String actor, Instant at) {
    ProjectScope scope = ProjectScope.of(project);
    List<String> done = new ArrayList<>();
    for (Move move : outlook.moves()) {
      if (move.whole()) {
        apply(scope, move, actor, at, done);
      }
    }
    return done;
  }

  private void apply(ProjectScope scope, Move move, String actor, Instant at, List<String> done) {
    Set<IssueId> from = new HashSet<>();
    for (From one : move.from()) {
      from.add(here(scope, one.issue()));
    }
    IssueId into =
        move.into() != null
            ? here(scope, move.into())
            : from.stream().min(Comparator.comparingLong(IssueId::value)).orElseThrow();
    from.remove(into);
    if (!from.isEmpty() && merges.merge(scope, into, from, actor, at) instanceof MergeStore.Done) {
      done.add("merged " + from + " into " + into);
    }
    if (merges.teach(scope, into, Set.of(move.fingerprint())) > 0) {
      done.add("taught " + move.fingerprint() + " to " + into);
    }
  }

  /** An issue that an earlier move merged goes on elsewhere. */
  private IssueId here(ProjectScope scope, IssueId issue) {
    return merges.mergedInto(scope, issue).orElse(issue);
  }

  /** One look at a project. Used by one thread. */
  private final class Round {
    private final ProjectScope scope;
    private final GroupingRules rules;
    private final Map<Fingerprint, Optional<Issue>> known = new HashMap<>();
    private final Map<Fingerprint, Target> targets = new LinkedHashMap<>();
    private final Map<IssueId, Long> seen = new HashMap<>();
    private long events;
    private long ruled;

    Round(ProjectScope scope, GroupingRules rules) {
      this.scope = scope;
      this.rules = rules;
    }

    private Optional<Issue> issue(Fingerprint fingerprint) {
      return known.computeIfAbsent(fingerprint, print -> issues.findByFingerprint(scope, print));
    }

    void add(StoredEvent stored) {
      Event event = stored.event();
      Fingerprint before = event.fingerprint();
      Issue from = before == null ? null : issue(before).orElse(null);
      events++;
      if (from == null) { // Its issue was deleted, or is not written yet.
        return;
      }
      Grouped grouped = grouping.group(event, rules);
      ruled += grouped.rule() == null ? 0 : 1;
      seen.merge(from.id(), (long) event.weight(), Long::sum);
      Fingerprint after = grouped.primary();
      Issue into = after.equals(before) ? from : into(grouped);
      boolean stays = into != null && into.id().equals(from.id());
      if (!stays || !after.equals(before)) {
        targets.computeIfAbsent(after, print -> new Target(into, event)).add(from, event, stays);
      }
    }

    private @Nullable Issue into(Grouped grouped) {
      Optional<Issue> own = issue(grouped.primary());
      if (own.isPresent()) {
        return own.get();
      }
      for (Fingerprint other : grouped.others()) {
        Optional<Issue> found = issue(other);
        if (found.isPresent()) {
          return found.get();
        }
      }
      return null;
    }

    List<Move> moves() {
      List<Move> moves = new ArrayList<>();
      targets.forEach((fingerprint, target) -> {
        if (target.moved > 0) {
          moves.add(target.move(fingerprint, seen));
        }
      });
      moves.sort(Comparator.comparingLong(Move::events).reversed());
      return moves;
    }
  }

  /** What goes to one fingerprint. */
  private static final class Target {
    private final @Nullable Issue into;
    private final Event newest;
    private final Map<IssueId, From> from = new LinkedHashMap<>();
    private long moved;

    Target(@Nullable Issue into, Event newest) {
      this.into = into;
      this.newest = newest;
    }

    void add(Issue issue, Event event, boolean stays) {
      moved += stays ? 0 : event.weight();
      from.merge(
          issue.id(),
          new From(issue.id(), issue.title(), event.weight()),
          (one, other) -> new From(one.issue(), one.title(), one.events() + other.events()));
    }

    Move move(Fingerprint fingerprint, Map<IssueId, Long> seen) {
      boolean whole = true;
      for (From one : from.values()) {
        whole &= one.events() == seen.getOrDefault(one.issue(), 0L);
      }
      return new Move(
          fingerprint,
          into == null ? null : into.id(),
          into == null ? newest.title() : into.title(),
          moved,
          whole,
          List.copyOf(from.values()),
          newest.id());
    }
  }
}
