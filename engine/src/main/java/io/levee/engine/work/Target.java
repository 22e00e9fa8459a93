package io.levee.engine.work;

import io.levee.engine.issue.IssueFilter;
import io.levee.engine.issue.IssueId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which issues a change is meant for. */
public sealed interface Target {
  /** How many issues may be named. */
  int NAMED_MAX = 10_000;

  /** How many issues a filter may reach. */
  int MATCHING_MAX = 100_000;

  /** The version of an issue of which somebody says nothing: any will do. */
  long ANY_VERSION = -1;

  /**
   * These; those outside the scope are passed over.
   *
   * @param versions each with the version that was seen, or {@link #ANY_VERSION}
   */
  record Named(Map<IssueId, Long> versions) implements Target {
    public Named {
      versions = Map.copyOf(versions);
      if (versions.size() > NAMED_MAX) {
        throw new IllegalArgumentException(
            "issues: " + versions.size() + " (expected: at most " + NAMED_MAX + ")");
      }
    }
  }

  /**
   * All that match.
   *
   * @param filter its order, cursor and limit don't matter
   * @param seen what the person saw; null: whatever there is now
   */
  record Matching(IssueFilter filter, @Nullable Sight seen) implements Target {}
}
