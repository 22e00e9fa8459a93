package io.levee.engine.issue;

/** The number of an issue, as it stands in addresses. */
public record IssueId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
