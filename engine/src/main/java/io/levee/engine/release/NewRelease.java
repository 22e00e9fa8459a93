package io.levee.engine.release;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of a release; null leaves what was said before.
 *
 * @param name 1..256 characters, no line ends or control characters, not "." or ".."
 */
public record NewRelease(
    String name, @Nullable Instant released, @Nullable String url, @Nullable String ref) {
  private static final int TEXT_CHARS_MAX = 2_000;

  public NewRelease {
    requireName(name);
    requireShort("url", url);
    requireShort("ref", ref);
  }

  /** One of which only the name is known. */
  public static NewRelease named(String name) {
    return new NewRelease(name, null, null, null);
  }

  /** Throws an IllegalArgumentException that says what a release may be called. */
  static void requireName(String name) {
    boolean fits =
        !name.isBlank()
            && name.length() <= Release.NAME_CHARS_MAX
            && name.equals(name.strip())
            && !name.equals(".")
            && !name.equals("..")
            && name.chars().noneMatch(Character::isISOControl);
    if (!fits) {
      throw new IllegalArgumentException(
          "release: (expected: a name of 1.."
              + Release.NAME_CHARS_MAX
              + " characters without line ends)");
    }
  }

  static void requireShort(String field, @Nullable String text) {
    if (text != null && text.length() > TEXT_CHARS_MAX) {
      throw new IllegalArgumentException(
          field + ": " + text.length() + " characters (expected: at most " + TEXT_CHARS_MAX + ")");
    }
  }
}
