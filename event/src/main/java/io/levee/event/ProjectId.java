package io.levee.event;

import org.jspecify.annotations.Nullable;

/**
 * The number of a project, as it stands at the end of a DSN.
 *
 * @param value 1 or more
 */
public record ProjectId(long value) implements Comparable<ProjectId> {
  private static final int DIGITS_MAX = 18;

  public ProjectId {
    if (value < 1) {
      throw new IllegalArgumentException("project: " + value + " (expected: 1 or more)");
    }
  }

  /**
   * Reads decimal digits.
   *
   * @return null when the text is no project number
   */
  public static @Nullable ProjectId parse(String text) {
    if (text.isEmpty() || text.length() > DIGITS_MAX) {
      return null;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return null;
      }
      value = value * 10 + (digit - '0');
    }
    return value == 0 ? null : new ProjectId(value);
  }

  @Override
  public int compareTo(ProjectId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
