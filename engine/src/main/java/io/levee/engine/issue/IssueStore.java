package io.levee.engine.issue;

import io.levee.engine.bus.Subscriber;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Fingerprint;
import io.levee.event.ProjectId;
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
  /**
   * A page of issues. Whatever happens between two pages, no issue that stands still is missed or
   * comes twice.
   *
   * @throws IllegalArgumentException when the filter's {@code after} is not from a page of this
   *     order
   */
  IssuePage list(IssueFilter filter);

  Optional<Issue> find(ProjectScope scope, IssueId id);

  Optional<Issue> findByFingerprint(ProjectScope scope, Fingerprint fingerprint);

  /**
   * Events over time for each of the issues, weights added.
   *
   * @param bucket a whole number of hours
   * @param range counts reach to the full hours around it
   * @return for each issue of the scope as many counts as the range has buckets, oldest first;
   *     buckets start at multiples of their width since the epoch
   * @throws IllegalArgumentException when that is no whole number of hours, or over 10,000 buckets
   */
  Map<IssueId, List<Long>> trends(
      ProjectScope scope, Set<IssueId> issues, TimeRange range, Duration bucket);

  /**
   * The environments and releases that the scope's issues were seen in, the newest first, for
   * filters.
   */
  SeenIn seenIn(ProjectScope scope);

  /**
   * Sets the status of many at once; those outside the scope are passed over. Whatever the status,
   * somebody has dealt with the issue, so it is no longer regressed.
   *
   * @return how many changed
   */
  int setStatus(
      ProjectScope scope, Set<IssueId> issues, IssueStatus status, String actor, Instant at);

  /** The changes of an issue's status, the newest first; empty when it is not in the scope. */
  List<IssueActivity> activity(ProjectScope scope, IssueId id, int limit);

  /**
   * Forgets what lies before each project's oldest moment to keep: issues that were not seen since,
   * and the hours, environments and releases of that time. Works in bounded transactions, so that
   * batches get in between; what a failure leaves is done by the next call.
   *
   * @return how many issues were dropped
   */
  int retain(Map<ProjectId, Instant> oldest);

  /** What filters can offer. */
  record SeenIn(List<String> environments, List<String> releases) {
    public SeenIn {
      environments = List.copyOf(environments);
      releases = List.copyOf(releases);
    }
  }
}
