package io.levee.engine.work;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody saw when deciding about many issues: what came later is not meant, and what
 * somebody else changed since makes the decision stale. Written as {@code 1700000000000000-4242}.
 *
 * @param at when
 * @param lastIssue the highest number of an issue there was
 */
public record Sight(Instant at, long lastIssue) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18})-(\\d{1,18})");
  private static final long MICROS = 1_000_000;

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException when the text is something else
   */
  public static Sight parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "as_of: \"" + text + "\" (expected: the as_of of a list of issues)");
    }
    long micros = Long.parseLong(parts.group(1));
    return new Sight(
        Instant.ofEpochSecond(micros / MICROS, micros % MICROS * 1_000),
        Long.parseLong(parts.group(2)));
  }

  @Override
  public String toString() {
    long micros = at.getEpochSecond() * MICROS + at.getNano() / 1_000;
    return micros + "-" + lastIssue;
  }
}
