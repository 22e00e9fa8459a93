package io.levee.engine.release;

import io.levee.engine.issue.IssueId;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers releases and deploys. Releases that errors name are added by themselves, in the
 * transaction that counts the errors. Thread-safe; what a call wrote is durable; failures are
 * {@link io.levee.engine.run.BackendException}s.
 */
public interface ReleaseStore {
  /** How many releases a project may have; what is past that is not remembered. */
  int RELEASES_MAX = 10_000;

  /** How many deploys a project may have; the oldest goes when one more comes. */
  int DEPLOYS_MAX = 10_000;

  /** The releases of a scope, the latest first, see {@link ReleaseOrder}. */
  List<Release> releases(ProjectScope scope, int limit);

  Optional<Release> release(ProjectScope scope, String name);

  /**
   * Adds a release, or what is known of it.
   *
   * @return as it is now; empty when the project has {@link #RELEASES_MAX} others
   */
  Optional<Release> put(ProjectId project, NewRelease release, Instant at);

  /** Adds a deploy, and its release when the project does not know it. */
  Deploy deploy(ProjectId project, NewDeploy deploy, String actor, Instant at);

  /** Deploys that finished in a range, the newest first. */
  List<Deploy> deploys(ProjectScope scope, TimeRange range, int limit);

  /** The deploys of a release, the newest first. */
  List<Deploy> deploysOf(ProjectScope scope, String release, int limit);

  Optional<Deploy> findDeploy(ProjectScope scope, long id);

  /** Forgets a deploy; false when there is none. */
  boolean removeDeploy(ProjectScope scope, long id);

  /** The releases that an issue was seen in, the latest first, at most 500. */
  List<String> ofIssue(ProjectScope scope, IssueId issue);

  /** Issues whose first event was of a release, those with the most events first. */
  List<IssueId> newIn(ProjectScope scope, String release, int limit);

  /** The release that most likely brought an issue; empty when nothing speaks for one. */
  Optional<Suspect> suspect(ProjectScope scope, IssueId issue);
}
