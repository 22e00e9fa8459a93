package io.levee.console;

import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueActivity;
import io.levee.engine.issue.IssueFilter;
import io.levee.engine.issue.IssueId;
import io.levee.engine.issue.IssuePage;
import io.levee.engine.issue.IssueStatus;
import io.levee.engine.issue.IssueStore;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.Fingerprint;
import io.levee.event.Kind;
import io.levee.event.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Issues made of the events it is given. Thread-safe. */
final class MemoryIssueStore implements IssueStore {
  private record Group(ProjectId project, Fingerprint fingerprint) {}

  private final Map<Group, List<Event>> groups = new LinkedHashMap<>();
  private final Map<Group, IssueId> ids = new HashMap<>();
  private final Map<IssueId, IssueStatus> statuses = new HashMap<>();

  synchronized void add(List<Event> events) {
    for (Event event : events) {
      if (event.kind() == Kind.ERROR) {
        Group group = new Group(event.project(), Objects.requireNonNull(event.fingerprint()));
        ids.computeIfAbsent(group, ignored -> new IssueId(ids.size() + 1L));
        groups.computeIfAbsent(group, ignored -> new ArrayList<>()).add(event);
      }
    }
  }

  private synchronized Stream<Issue> all(ProjectScope scope) {
    return groups.keySet().stream()
        .filter(group -> scope.covers(group.project()))
        .map(this::issue)
        .toList()
        .stream();
  }

  private Issue issue(Group group) {
    List<Event> events = groups.getOrDefault(group, List.of());
    List<Event> byTime = events.stream().sorted(Comparator.comparing(Event::time)).toList();
    Event first = byTime.getFirst();
    Event last = byTime.getLast();
    IssueId id = Objects.requireNonNull(ids.get(group));
    return new Issue(
        id,
        group.project(),
        List.of(group.fingerprint()),
        last.title(),
        last.culprit(),
        EventView.type(last),
        last.platform(),
        last.logger(),
        Collections.max(events.stream().map(Event::level).toList()),
        statuses.getOrDefault(id, IssueStatus.UNRESOLVED),
        id.value() % 9 == 4,
        events.stream().mapToLong(Event::weight).sum(),
        events.stream().map(event -> String.valueOf(event.user().key())).distinct().count(),
        first.time(),
        last.time(),
        first.release(),
        last.release());
  }

  @Override
  public IssuePage list(IssueFilter filter) {
    List<Issue> found =
        all(filter.scope())
            .filter(issue -> matches(filter, issue))
            .sorted(order(filter.sort()))
            .toList();
    String after = filter.after();
    int from = after == null ? 0 : Math.min(found.size(), Integer.parseInt(after));
    int to = Math.min(found.size(), from + filter.limit());
    return new IssuePage(
        found.subList(from, to), found.size(), to < found.size() ? Integer.toString(to) : null);
  }

  private boolean matches(IssueFilter filter, Issue issue) {
    List<Fingerprint> prints = filter.fingerprints();
    return (filter.statuses().isEmpty() || filter.statuses().contains(issue.status()))
        && (filter.levels().isEmpty() || filter.levels().contains(issue.level()))
        && (prints == null || prints.contains(issue.fingerprints().getFirst()))
        && events(issue).anyMatch(event -> seen(filter, event));
  }

  private static boolean seen(IssueFilter filter, Event event) {
    TimeRange range = filter.seen();
    return same(filter.environment(), event.environment())
        && same(filter.release(), event.release())
        && (range == null || range.contains(event.time()));
  }

  private static boolean same(@Nullable String asked, @Nullable String there) {
    return asked == null || asked.equals(there);
  }

  private synchronized Stream<Event> events(Issue issue) {
    Group group = new Group(issue.project(), issue.fingerprints().getFirst());
    return List.copyOf(groups.getOrDefault(group, List.of())).stream();
  }

  private static Comparator<Issue> order(IssueFilter.Sort sort) {
    return switch (sort) {
      case LAST_SEEN -> Comparator.comparing(Issue::lastSeen).reversed();
      case FIRST_SEEN -> Comparator.comparing(Issue::firstSeen).reversed();
      case EVENTS -> Comparator.comparingLong(Issue::events).reversed();
      case USERS -> Comparator.comparingLong(Issue::users).reversed();
    };
  }

  @Override
  public Optional<Issue> find(ProjectScope scope, IssueId id) {
    return all(scope).filter(issue -> issue.id().equals(id)).findFirst();
  }

  @Override
  public Optional<Issue> findByFingerprint(ProjectScope scope, Fingerprint fingerprint) {
    return all(scope).filter(issue -> issue.fingerprints().contains(fingerprint)).findFirst();
  }

  @Override
  public Map<IssueId, List<Long>> trends(
      ProjectScope scope, Set<IssueId> issues, TimeRange range, Duration bucket) {
    long width = bucket.toMillis();
    long first = Math.floorDiv(range.from().toEpochMilli(), width);
    long last = Math.floorDiv(range.to().toEpochMilli() - 1, width);
    Map<IssueId, List<Long>> trends = new HashMap<>();
    all(scope)
        .filter(issue -> issues.contains(issue.id()))
        .forEach(issue -> {
          Long[] counts = new Long[(int) (last - first + 1)];
          Arrays.fill(counts, 0L);
          events(issue)
              .filter(event -> range.contains(event.time()))
              .forEach(event ->
                  counts[(int) (Math.floorDiv(event.time().toEpochMilli(), width) - first)] +=
                      event.weight());
          trends.put(issue.id(), List.of(counts));
        });
    return trends;
  }

  @Override
  public SeenIn seenIn(ProjectScope scope) {
    List<Event> events = all(scope).flatMap(this::events).toList();
    return new SeenIn(
        events.stream().map(Event::environment).filter(Objects::nonNull).distinct().toList(),
        events.stream()
            .map(Event::release)
            .filter(Objects::nonNull)
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList());
  }

  @Override
  public synchronized int setStatus(
      ProjectScope scope, Set<IssueId> issues, IssueStatus status, String actor, Instant at) {
    int changed = 0;
    for (IssueId id : issues) {
      if (find(scope, id).isPresent() && statuses.put(id, status) != status) {
        changed++;
      }
    }
    return changed;
  }

  @Override
  public List<IssueActivity> activity(ProjectScope scope, IssueId id, int limit) {
    return List.of();
  }

  @Override
  public int retain(Map<ProjectId, Instant> oldest) {
    return 0;
  }

  @Override
  public String group() {
    return "issue";
  }

  @Override
  public Positions committed() {
    return Positions.START;
  }

  @Override
  public void apply(List<Delivery> batch) {
    throw new UnsupportedOperationException("events are added directly");
  }

  @Override
  public Positions flush() {
    return Positions.START;
  }
}
