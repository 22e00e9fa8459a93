package io.levee.engine.grouping;

import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps projects' grouping rules, every version, and since when the algorithm is in use.
 * Thread-safe; what was saved is durable. Failures are {@link
 * io.levee.engine.run.BackendException}s.
 */
public interface GroupingStore {
  /** The rules in force of every project that has any. */
  Map<ProjectId, RuleSet> rules();

  /** The rules in force of one project. */
  Optional<RuleSet> rules(ProjectId project);

  /** A project's versions, the newest first. */
  List<RuleSet> history(ProjectId project, int limit);

  /**
   * Saves a new version.
   *
   * @param expectedVersion the version that the change was made of; 0: there were no rules
   * @return empty when another version is in force by now; then nothing was saved
   */
  Optional<RuleSet> save(
      ProjectId project, int expectedVersion, String text, String actor, Instant at);

  /**
   * Notes that a version of the algorithm is in use, the first time it is.
   *
   * @return since when it is, and whether it followed an older one
   */
  VersionInUse begin(int version, Instant now);

  /**
   * Since when a version is in use.
   *
   * @param succeeds whether there were issues of an older version then
   */
  record VersionInUse(Instant since, boolean succeeds) {}
}
