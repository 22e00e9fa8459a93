package io.levee.console;

import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueStatus;
import io.levee.engine.work.Badge;
import io.levee.engine.work.IssueWork;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the list.
 *
 * @param title what it is: the exception's type, or the whole title
 * @param work what people decided about it
 * @param detail the exception's message; empty when the title says it all
 */
record IssueRow(
    String id,
    String title,
    String detail,
    @Nullable String culprit,
    String level,
    String status,
    boolean regressed,
    boolean fresh,
    @Nullable String lastRelease,
    String events,
    String eventsExact,
    String users,
    TimeText first,
    TimeText last,
    Sparkline spark,
    IssueWork work,
    boolean escalating) {
  private static final long FRESH_SECONDS = 86_400;

  static IssueRow of(Issue issue, Sparkline spark, IssueWork work, Instant now) {
    TitleText title = TitleText.of(issue.title(), issue.exceptionType());
    return new IssueRow(
        issue.id().toString(),
        title.head(),
        title.detail(),
        issue.culprit(),
        issue.level().wireName(),
        issue.status().wireName(),
        issue.regressed(),
        issue.status() == IssueStatus.UNRESOLVED
            && !issue.regressed()
            && issue.firstSeen().isAfter(now.minusSeconds(FRESH_SECONDS)),
        issue.lastRelease(),
        Figures.compact(issue.events()),
        Figures.exact(issue.events()),
        Figures.compact(issue.users()),
        TimeText.of(issue.firstSeen(), now),
        TimeText.of(issue.lastSeen(), now),
        spark,
        work,
        Badge.of(issue, work, now).contains(Badge.ESCALATING));
  }
}
