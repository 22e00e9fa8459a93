package io.levee.edge.decode;

import io.levee.event.EventBuilder;
import org.jspecify.annotations.Nullable;

/** Makes the one line under which an event stands in lists. */
public final class Titles {
  /** Longer first lines are cut; the whole text stays in the message or the exception. */
  public static final int TITLE_CHARS_MAX = 250;

  private Titles() {}

  /** The first line that says something, cut; null when no line does. */
  public static @Nullable String firstLine(@Nullable String text) {
    if (text == null) {
      return null;
    }
    int start = 0;
    int length = text.length();
    while (start < length && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < length && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end == start ? null : cut(text.substring(start, end).stripTrailing());
  }

  /** {@code Type: first line of value}, or what there is of it; null when there is nothing. */
  public static @Nullable String ofException(@Nullable String type, @Nullable String value) {
    String line = firstLine(value);
    String name = firstLine(type);
    if (name == null || line == null) {
      return name == null ? line : name;
    }
    return cut(name + ": " + line);
  }

  /** The first of the given lines that is there. */
  public static String first(@Nullable String... lines) {
    for (String line : lines) {
      if (line != null && !line.isBlank()) {
        return line;
      }
    }
    return EventBuilder.UNTITLED;
  }

  private static String cut(String line) {
    if (line.length() <= TITLE_CHARS_MAX) {
      return line;
    }
    int end = TITLE_CHARS_MAX - 1;
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
