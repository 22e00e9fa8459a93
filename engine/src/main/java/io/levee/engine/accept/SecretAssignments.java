package io.levee.engine.accept;

import static io.levee.engine.accept.SecretShapes.NONE;

import io.levee.engine.accept.SecretKeys.Verdict;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the value that a secret key is given in a text. The key is looked for backwards from an
 * equals sign or colon, so no text is read twice. Thread-safe.
 */
final class SecretAssignments {
  private static final int KEY_CHARS_MAX = 64;
  private static final int BLANKS_MAX = 8;
  private static final int PLACEHOLDER_CHARS_MAX = 2;

  /** What is looked at and then left alone must be short, or a hostile text would be read anew. */
  private static final int LEFT_ALONE_CHARS_MAX = 64;

  /** Words that say there is no secret. */
  private static final Set<String> NOTHING =
      Set.of("true", "false", "null", "none", "nil", "undefined");

  private final SecretKeys keys;

  SecretAssignments(SecretKeys keys) {
    this.keys = keys;
  }

  /**
   * The span of a secret value.
   *
   * @param at where the equals sign or colon stands
   * @param source whether unquoted text is code
   */
  long find(String text, int at, boolean source) {
    if (text.charAt(at) == '=' && isComparison(text, at)) {
      return NONE;
    }
    int end = keyEnd(text, at);
    int start = keyStart(text, end);
    if (start == end) {
      return NONE;
    }
    Verdict verdict = keys.judge(text.substring(start, end));
    return verdict == Verdict.HARMLESS ? NONE : value(text, at, verdict, end < at, source);
  }

  private static boolean isComparison(String text, int at) {
    char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    char before = at > 0 ? text.charAt(at - 1) : ' ';
    return next == '=' || next == '>' || next == '~' || "=!<>~".indexOf(before) >= 0;
  }

  private static int keyEnd(String text, int at) {
    int end = at;
    for (int blanks = 0; end > 0 && blanks < 2 && text.charAt(end - 1) == ' '; blanks++) {
      end--;
    }
    if (end > 0 && isQuote(text.charAt(end - 1))) {
      end--;
      while (end > 0 && text.charAt(end - 1) == '\\' && at - end < BLANKS_MAX) {
        end--;
      }
    }
    return end;
  }

  private static int keyStart(String text, int end) {
    int start = end;
    while (start > 0 && end - start < KEY_CHARS_MAX && isKeyChar(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static boolean isKeyChar(char c) {
    return SecretShapes.isWordChar(c) || "_-.[]%$".indexOf(c) >= 0;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '`';
  }

  private long value(String text, int at, Verdict verdict, boolean keyQuoted, boolean source) {
    int from = at + 1;
    while (from < text.length() && isBlank(text.charAt(from)) && from - at <= BLANKS_MAX) {
      from++;
    }
    int quote = from;
    while (quote < text.length() && text.charAt(quote) == '\\') {
      quote++;
    }
    if (quote < text.length() && isQuote(text.charAt(quote))) {
      return quoted(text, quote, quote - from);
    }
    if (from >= text.length() || source) {
      return NONE;
    }
    char first = text.charAt(from);
    if (keyQuoted && (first == '{' || first == '[')) {
      return verdict == Verdict.VALUE ? NONE : structure(text, from);
    }
    boolean prose = text.charAt(at) == ':' && !keyQuoted;
    return plain(text, from, verdict, prose);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /**
   * @param escapes how many backslashes stand before the opening quote: the text is JSON in JSON
   */
  private static long quoted(String text, int quote, int escapes) {
    int start = quote + 1;
    int backslashes = 0;
    int end = start;
    for (; end < text.length(); end++) {
      char c = text.charAt(end);
      boolean closes = escapes == 0 ? backslashes % 2 == 0 : backslashes <= escapes;
      if (c == text.charAt(quote) && closes) {
        break;
      }
      backslashes = c == '\\' ? backslashes + 1 : 0;
    }
    int last = end < text.length() ? Math.max(start, end - escapes) : end;
    return last == start || saysNothing(text, start, last) ? NONE : Span.of(start, last);
  }

  /** From the bracket to its partner, or to the text's end when it was cut off. */
  private static long structure(String text, int from) {
    int depth = 0;
    boolean inString = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inString) {
        i += c == '\\' ? 1 : 0;
        inString = c != '"';
      } else if (c == '"') {
        inString = true;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if ((c == '}' || c == ']') && --depth == 0) {
        return i == from + 1 ? NONE : Span.of(from, i + 1);
      }
    }
    return Span.of(from, text.length());
  }

  private static long plain(String text, int from, Verdict verdict, boolean prose) {
    boolean line = verdict == Verdict.LINE && prose;
    boolean maybeSentence = prose && verdict == Verdict.VALUE;
    int limit =
        maybeSentence ? Math.min(text.length(), from + LEFT_ALONE_CHARS_MAX) : text.length();
    int end = from;
    while (end < limit && !(line ? endsLine(text, end) : endsValue(text, end))) {
      end++;
    }
    if (end == from || saysNothing(text, from, end)) {
      return NONE;
    }
    // "token: unexpected end" is a sentence, "token: 8f3a91" is not.
    return maybeSentence && !holdsDigit(text, from, end)
        ? NONE
        : Span.of(from, maybeSentence ? valueEnd(text, end) : end);
  }

  private static int valueEnd(String text, int from) {
    int end = from;
    while (end < text.length() && !endsValue(text, end)) {
      end++;
    }
    return end;
  }

  private static boolean endsLine(String text, int at) {
    char c = text.charAt(at);
    return c == '\n' || c == '\r' || text.startsWith("\\n", at) || text.startsWith("\\r", at);
  }

  private static boolean endsValue(String text, int at) {
    char c = text.charAt(at);
    if (c == ',') {
      return at + 1 == text.length() || text.charAt(at + 1) <= ' ' || isQuote(text.charAt(at + 1));
    }
    return c <= ' ' || "&;\"'`<>(){}]".indexOf(c) >= 0;
  }

  private static boolean holdsDigit(String text, int from, int end) {
    for (int i = from; i < end; i++) {
      if (Character.isDigit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the value is a placeholder, a word for nothing, or was made harmless by the client. */
  private static boolean saysNothing(String text, int from, int end) {
    if (end - from > LEFT_ALONE_CHARS_MAX) {
      return false;
    }
    char first = text.charAt(from);
    if (text.startsWith(SecretText.FILTERED, from)
        || (first == '*' && text.charAt(end - 1) == '*')) {
      return true;
    }
    boolean placeholder = first == '?' || first == '%' || first == '$';
    return (placeholder && end - from <= PLACEHOLDER_CHARS_MAX)
        || (end - from <= 9
            && NOTHING.contains(text.substring(from, end).toLowerCase(Locale.ROOT)));
  }
}
