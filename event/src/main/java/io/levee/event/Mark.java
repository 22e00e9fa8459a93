package io.levee.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says that a field is not as the client sent it, so that nobody takes our change for theirs.
 *
 * @param field path of the field, as in {@code request.headers.Authorization}
 * @param change what was done to it
 * @param detail what it was before, as far as that may be told: a length, a time; never a secret
 */
public record Mark(String field, Change change, @Nullable String detail) {
  /** What can be done to a field. */
  public enum Change {
    TRUNCATED,
    CLAMPED,
    SCRUBBED,
    DROPPED;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Change parse(String word) {
      for (Change change : values()) {
        if (change.wireName().equals(word)) {
          return change;
        }
      }
      return null;
    }
  }
}
