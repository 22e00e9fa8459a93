package io.levee.sql;

import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueFilter.Sort;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ends: the value by which the list is sorted, and the issue's id to tell equals
 * apart. Written as {@code last_seen:1700000000000000:42}.
 */
record IssueCursor(Sort sort, long value, long id) {
  private static final Pattern FORM = Pattern.compile("([a-z_]+):(-?\\d{1,18}):(\\d{1,18})");

  /** The cursor behind an issue. */
  static IssueCursor behind(Sort sort, Issue issue) {
    return new IssueCursor(sort, value(sort, issue), issue.id().value());
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException when the text is something else, or of another order
   */
  static @Nullable IssueCursor decode(Sort sort, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    Matcher parts = FORM.matcher(text);
    if (!parts.matches() || !parts.group(1).equals(column(sort))) {
      throw new IllegalArgumentException(
          "after: \"" + text + "\" (expected: the next of a page sorted by " + column(sort) + ")");
    }
    return new IssueCursor(sort, Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)));
  }

  String encode() {
    return column(sort) + ":" + value + ":" + id;
  }

  /** The column that a list is sorted by, falling. */
  static String column(Sort sort) {
    return switch (sort) {
      case LAST_SEEN -> "last_seen";
      case FIRST_SEEN -> "first_seen";
      case EVENTS -> "events";
      case USERS -> "users";
    };
  }

  /** The order of a list, for putting lists of several projects together. */
  static Comparator<Issue> order(Sort sort) {
    return Comparator.<Issue>comparingLong(issue -> value(sort, issue))
        .thenComparingLong(issue -> issue.id().value())
        .reversed();
  }

  private static long value(Sort sort, Issue issue) {
    return switch (sort) {
      case LAST_SEEN -> Micros.of(issue.lastSeen());
      case FIRST_SEEN -> Micros.of(issue.firstSeen());
      case EVENTS -> issue.events();
      case USERS -> issue.users();
    };
  }
}
