package io.levee.engine.work;

import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What about an unresolved issue should catch the eye. */
public enum Badge {
  /** First seen within a day, and nobody has dealt with it. */
  NEW,
  /** It came back after it was resolved. */
  REGRESSED,
  /** Much more of it comes than is usual, or than somebody wanted to put up with. */
  ESCALATING;

  private static final Duration NEW_FOR = Duration.ofDays(1);

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The badges of an issue, in the order above. */
  public static Set<Badge> of(Issue issue, IssueWork work, Instant now) {
    Set<Badge> badges = EnumSet.noneOf(Badge.class);
    if (issue.regressed()) {
      badges.add(REGRESSED);
    }
    if (issue.status() == IssueStatus.UNRESOLVED) {
      if (!issue.regressed() && issue.firstSeen().isAfter(now.minus(NEW_FOR))) {
        badges.add(NEW);
      }
      if (work.escalating()) {
        badges.add(ESCALATING);
      }
    }
    return badges;
  }
}
