package io.levee.engine.work;

import io.levee.engine.issue.IssueId;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about an issue, beside its status.
 *
 * @param version grows with every change of status or priority, whoever made it; 0 at first. Events
 *     that only count leave it alone
 * @param escalating a condition of ignoring was exceeded, or much more comes than is usual for it
 * @param bookmarked by who asks
 * @param until how long it stays ignored; null when it isn't
 * @param fix in which release it is resolved; null when it isn't, or was "now"
 */
public record IssueWork(
    IssueId issue,
    long version,
    Priority priority,
    boolean escalating,
    boolean bookmarked,
    @Nullable Until until,
    @Nullable Fix fix,
    long comments) {
  /** Of an issue that nobody has done anything about. */
  public static IssueWork untouched(IssueId issue) {
    return new IssueWork(issue, 0, Priority.NONE, false, false, null, null, 0);
  }
}
