package io.levee.sql;

import io.levee.engine.issue.IssueStatus;

/** The numbers under which the tables keep an issue's status. */
final class StatusCode {
  private StatusCode() {}

  static int of(IssueStatus status) {
    return switch (status) {
      case UNRESOLVED -> 0;
      case RESOLVED -> 1;
      case IGNORED -> 2;
      case ARCHIVED -> 3;
    };
  }

  static IssueStatus status(int code) {
    return switch (code) {
      case 0 -> IssueStatus.UNRESOLVED;
      case 1 -> IssueStatus.RESOLVED;
      case 2 -> IssueStatus.IGNORED;
      case 3 -> IssueStatus.ARCHIVED;
      default -> throw new IllegalStateException("status: " + code + " (expected: 0..3)");
    };
  }
}
