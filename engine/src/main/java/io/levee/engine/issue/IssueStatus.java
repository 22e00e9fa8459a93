package io.levee.engine.issue;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What people decided about an issue. */
public enum IssueStatus {
  /** Nobody has dealt with it. */
  UNRESOLVED,
  /** Dealt with; the next event reopens it as regressed. */
  RESOLVED,
  /** Not of interest, perhaps only for a while; goes on counting. */
  IGNORED,
  /** Put away for good; goes on counting, and nothing brings it back by itself. */
  ARCHIVED;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status with this wire name, in any case; null when there is none. */
  public static @Nullable IssueStatus parse(String word) {
    for (IssueStatus status : values()) {
      if (status.wireName().equalsIgnoreCase(word)) {
        return status;
      }
    }
    return null;
  }
}
