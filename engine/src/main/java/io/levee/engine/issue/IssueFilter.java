package io.levee.engine.issue;

import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Fingerprint;
import io.levee.event.Level;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which issues to list, and in what order. Every part that is null or empty does not restrict.
 *
 * @param text words that title, culprit or exception type must contain, without regard to case
 * @param statuses any of these
 * @param levels any of these
 * @param environment at least one event was in it
 * @param release at least one event was of it
 * @param seen had events in this range; its ends are exact where an issue's life begins or ends,
 *     and elsewhere reach to the full hour
 * @param fingerprints holds one of these, at most {@link #FINGERPRINTS_MAX}; null: no restriction
 *     (an empty list matches nothing)
 * @param after the {@link IssuePage#next} of the page before
 * @param limit issues a page, 1..500
 */
public record IssueFilter(
    ProjectScope scope,
    @Nullable String text,
    Set<IssueStatus> statuses,
    Set<Level> levels,
    @Nullable String environment,
    @Nullable String release,
    @Nullable TimeRange seen,
    @Nullable List<Fingerprint> fingerprints,
    Sort sort,
    @Nullable String after,
    int limit) {
  /** How many fingerprints a filter may name. */
  public static final int FINGERPRINTS_MAX = 10_000;

  /** What comes first: the latest, or the most. */
  public enum Sort {
    LAST_SEEN,
    FIRST_SEEN,
    EVENTS,
    USERS
  }

  public IssueFilter {
    statuses = Set.copyOf(statuses);
    levels = Set.copyOf(levels);
    fingerprints = fingerprints == null ? null : List.copyOf(fingerprints);
    if (fingerprints != null && fingerprints.size() > FINGERPRINTS_MAX) {
      throw new IllegalArgumentException(
          "fingerprints: " + fingerprints.size() + " (expected: 0.." + FINGERPRINTS_MAX + ")");
    }
    if (limit < 1 || limit > 500) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: 1..500)");
    }
  }

  /** All issues of a scope, the last seen first. */
  public static IssueFilter all(ProjectScope scope, int limit) {
    return new IssueFilter(
        scope, null, Set.of(), Set.of(), null, null, null, null, Sort.LAST_SEEN, null, limit);
  }
}
