package io.levee.engine.grouping;

import java.util.Locale;

/**
 * A pattern in which {@code *} and {@code **} stand for any characters, {@code ?} for one, and
 * {@code [abc]} and {@code [!a-c]} for one of some. {@code \} takes the meaning of the next
 * character away. Time goes with pattern times text at worst. Immutable.
 */
final class GlobPattern {
  private final String pattern;
  private final boolean caseSensitive;

  GlobPattern(String pattern, boolean caseSensitive) {
    this.pattern = caseSensitive ? pattern : pattern.toLowerCase(Locale.ROOT);
    this.caseSensitive = caseSensitive;
  }

  /** Whether the whole text is like the pattern. */
  boolean matches(String value) {
    String text = caseSensitive ? value : value.toLowerCase(Locale.ROOT);
    int at = 0;
    int in = 0;
    int starIn = -1;
    int starAt = 0;
    while (at < text.length()) {
      if (in < pattern.length() && pattern.charAt(in) == '*') {
        starIn = ++in;
        starAt = at;
        continue;
      }
      int next = in < pattern.length() ? one(in, text.charAt(at)) : -1;
      if (next > 0) {
        in = next;
        at++;
      } else if (starIn >= 0) {
        in = starIn;
        at = ++starAt;
      } else {
        return false;
      }
    }
    while (in < pattern.length() && pattern.charAt(in) == '*') {
      in++;
    }
    return in == pattern.length();
  }

  /** Where the pattern goes on behind one character; -1 when the character isn't the one. */
  private int one(int in, char c) {
    char wanted = pattern.charAt(in);
    return switch (wanted) {
      case '?' -> in + 1;
      case '\\' -> escaped(in, c);
      case '[' -> set(in, c);
      default -> wanted == c ? in + 1 : -1;
    };
  }

  private int escaped(int in, char c) {
    boolean last = in + 1 == pattern.length();
    return last ? (c == '\\' ? in + 1 : -1) : pattern.charAt(in + 1) == c ? in + 2 : -1;
  }

  private int set(int in, char c) {
    int close = pattern.indexOf(']', in + 2);
    if (close < 0) {
      return c == '[' ? in + 1 : -1;
    }
    int from = in + 1;
    boolean not = pattern.charAt(from) == '!';
    from += not ? 1 : 0;
    boolean found = false;
    for (int i = from; i < close; i++) {
      boolean range = i + 2 < close && pattern.charAt(i + 1) == '-';
      char low = pattern.charAt(i);
      char high = range ? pattern.charAt(i + 2) : low;
      found |= c >= low && c <= high;
      i += range ? 2 : 0;
    }
    return found != not ? close + 1 : -1;
  }

  @Override
  public String toString() {
    return pattern;
  }
}
