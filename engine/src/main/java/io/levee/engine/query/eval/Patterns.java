package io.levee.engine.query.eval;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.levee.engine.query.ValuePattern;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Patterns by their text, made once. Thread-safe. */
public final class Patterns {
  private static final int KEPT_MAX = 1_000;
  private static final Map<String, Pattern> REGULAR = new ConcurrentHashMap<>();
  private static final Map<String, ValuePattern> WILD = new ConcurrentHashMap<>();

  private Patterns() {}

  /**
   * A regular expression in RE2's syntax, which takes time in proportion to the text; {@code
   * (?<name>…)} is understood too.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Pattern regex(String text) {
    Pattern known = REGULAR.get(text);
    if (known != null) {
      return known;
    }
    try {
      Pattern made = Pattern.compile(text.replace("(?<", "(?P<"));
      keep(REGULAR, text, made);
      return made;
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("regular expression: " + e.getDescription(), e);
    }
  }

  /** Whether a text is as a pattern with {@code %} and {@code _} says; case counts. */
  static boolean like(String text, String pattern) {
    StringBuilder regex = new StringBuilder("(?s)^");
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return regex(regex.append('$').toString()).matcher(text).find();
  }

  /** Whether a text is as a pattern with {@code *} and {@code ?} says, in any case. */
  public static boolean wild(String text, String pattern) {
    ValuePattern known = WILD.get(pattern);
    if (known == null) {
      known = ValuePattern.wildcard(pattern);
      keep(WILD, pattern, known);
    }
    return known.matches(text.toLowerCase(Locale.ROOT));
  }

  private static <T> void keep(Map<String, T> patterns, String text, T made) {
    if (patterns.size() >= KEPT_MAX) {
      patterns.clear();
    }
    patterns.put(text, made);
  }
}
