package io.levee.engine.work;

import io.levee.engine.issue.IssueId;
import java.util.List;

/** What came of taking a change back. */
public sealed interface UndoOutcome {
  /**
   * Issues are as they were before, except those that changed again since.
   *
   * @param restored how many are as before
   * @param kept how many were left as they are now
   * @param keptIssues some of them
   */
  record Undone(int restored, int kept, List<IssueId> keptIssues) implements UndoOutcome {
    public Undone {
      keptIssues = List.copyOf(keptIssues);
    }
  }

  /** It was taken back before. */
  record Already() implements UndoOutcome {}

  /** There is no such change, or it was too long ago. */
  record Unknown() implements UndoOutcome {}
}
