package io.levee.engine.issue;

import io.levee.engine.bus.Subscriber;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Groups events into issues and remembers what people decided about them. Only events of kind error
 * become issues; of other kinds only the position is kept.
 *
 * <p>As a {@link Subscriber} ({@code issue}) each batch, the positions behind it included, is one
 * transaction: what was applied is durable and visible. A new event reopens a resolved issue as
 * regressed; a batch that comes again after a crash counts nothing twice. Reading is safe for any
 * number of threads. Failures are {@link io.levee.engine.run.BackendException}s.
 */
public interface IssueStore extends Subscriber {
  IssuePage list(IssueFilter filter);

  Optional<Issue> find(ProjectScope scope, IssueId id);

  Optional<Issue> findByFingerprint(ProjectScope scope, Fingerprint fingerprint);

  /**
   * Events over time for each of the issues, weights added.
   *
   * @param bucket a whole number of hours
   * @return for each issue as many counts as the range has buckets, oldest first; buckets start at
   *     multiples of their width since the epoch
   */
  Map<IssueId, List<Long>> trends(
      ProjectScope scope, Set<IssueId> issues, TimeRange range, Duration bucket);

  /**
   * The environments and releases that the scope's issues were seen in, the newest first, for
   * filters.
   */
  SeenIn seenIn(ProjectScope scope);

  /**
   * Sets the status of many at once; those outside the scope are passed over.
   *
   * @return how many changed
   */
  int setStatus(
      ProjectScope scope, Set<IssueId> issues, IssueStatus status, String actor, Instant at);

  /** What filters can offer. */
  record SeenIn(List<String> environments, List<String> releases) {
    public SeenIn {
      environments = List.copyOf(environments);
      releases = List.copyOf(releases);
    }
  }
}
