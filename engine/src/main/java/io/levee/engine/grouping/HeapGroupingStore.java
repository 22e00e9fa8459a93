package io.levee.engine.grouping;

import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules on the heap, for tests and for a node without a database. Thread-safe. */
public final class HeapGroupingStore implements GroupingStore {
  private final Map<ProjectId, List<RuleSet>> versions = new HashMap<>();
  private final Map<Integer, VersionInUse> inUse = new HashMap<>();

  @Override
  public synchronized Map<ProjectId, RuleSet> rules() {
    Map<ProjectId, RuleSet> latest = new HashMap<>();
    versions.forEach((project, sets) -> latest.put(project, sets.getLast()));
    return latest;
  }

  @Override
  public synchronized Optional<RuleSet> rules(ProjectId project) {
    return Optional.ofNullable(rules().get(project));
  }

  @Override
  public synchronized List<RuleSet> history(ProjectId project, int limit) {
    return versions.getOrDefault(project, List.of()).reversed().stream().limit(limit).toList();
  }

  @Override
  public synchronized Optional<RuleSet> save(
      ProjectId project, int expectedVersion, String text, String actor, Instant at) {
    List<RuleSet> sets = versions.computeIfAbsent(project, key -> new ArrayList<>());
    if (sets.size() != expectedVersion) {
      return Optional.empty();
    }
    RuleSet saved = new RuleSet(project, expectedVersion + 1, text, actor, at);
    sets.add(saved);
    return Optional.of(saved);
  }

  @Override
  public synchronized VersionInUse begin(int version, Instant now) {
    return inUse.computeIfAbsent(version, key -> new VersionInUse(now, false));
  }
}
