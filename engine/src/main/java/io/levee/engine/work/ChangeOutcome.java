package io.levee.engine.work;

import io.levee.engine.issue.IssueId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a change. Either all of it happened or nothing. */
public sealed interface ChangeOutcome {
  /**
   * It happened.
   *
   * @param issues how many are different now
   * @param undo takes it back with {@link WorkStore#undo}; null when nothing is different
   * @param undoUntil how long that works
   */
  record Changed(int issues, @Nullable String undo, Instant undoUntil) implements ChangeOutcome {}

  /**
   * Nothing happened: somebody changed some of the issues since they were seen.
   *
   * @param issues how many
   * @param conflicts some of them
   */
  record Stale(int issues, List<Conflict> conflicts) implements ChangeOutcome {
    public Stale {
      conflicts = List.copyOf(conflicts);
    }
  }

  /** Nothing happened: more match than one change may reach. */
  record TooMany(long matching) implements ChangeOutcome {}

  /** Nothing happened: the project has no such release. */
  record UnknownRelease(String release) implements ChangeOutcome {}

  /**
   * An issue that is not as it was seen.
   *
   * @param version its version now
   * @param since what was done meanwhile, the newest first, at most ten
   */
  record Conflict(IssueId issue, long version, List<Entry> since) {
    public Conflict {
      since = List.copyOf(since);
    }
  }
}
