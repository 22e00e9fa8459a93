package io.levee.engine.work;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How soon somebody should deal with an issue; nobody said: none. */
public enum Priority {
  NONE(0),
  LOW(1),
  MEDIUM(2),
  HIGH(3);

  private final int code;

  Priority(int code) {
    this.code = code;
  }

  /** A number that stays what it is, for tables: higher means sooner. */
  public int code() {
    return code;
  }

  /** The priority of a {@link #code}. */
  public static Priority ofCode(int code) {
    for (Priority priority : values()) {
      if (priority.code == code) {
        return priority;
      }
    }
    throw new IllegalArgumentException("priority: " + code + " (expected: 0..3)");
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The priority with this wire name, in any case; null when there is none. */
  public static @Nullable Priority parse(String word) {
    for (Priority priority : values()) {
      if (priority.wireName().equalsIgnoreCase(word)) {
        return priority;
      }
    }
    return null;
  }
}
