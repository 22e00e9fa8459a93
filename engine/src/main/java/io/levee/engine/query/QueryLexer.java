package io.levee.engine.query;

import io.levee.engine.query.QueryParser.Wrong;
import org.jspecify.annotations.Nullable;

/** Takes the characters of a query apart. Used by one parser. */
final class QueryLexer {
  /**
   * A word as it was written.
   *
   * @param text without escapes
   * @param pattern with escapes, for {@link Query.Wildcard}
   * @param wild whether it has {@code *} or {@code ?} that are not escaped
   */
  record Word(String text, String pattern, boolean wild, int position) {}

  private final String text;
  private int at;

  QueryLexer(String text) {
    this.text = text;
  }

  int position() {
    return at;
  }

  void goTo(int position) {
    at = position;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  /** The next char; 0 at the end. */
  char peek() {
    return charAt(at);
  }

  private char charAt(int index) {
    return index < text.length() ? text.charAt(index) : 0;
  }

  void skipBlanks() {
    while (!atEnd() && blank(peek())) {
      at++;
    }
  }

  private static boolean blank(char c) {
    return Character.isWhitespace(c) || c == '\u00A0' || c == 0xFEFF;
  }

  boolean atEndOfGroup() {
    skipBlanks();
    return atEnd() || peek() == ')';
  }

  boolean take(char c) {
    if (!atEnd() && peek() == c) {
      at++;
      return true;
    }
    return false;
  }

  /** A sign directly before what it belongs to. */
  boolean takeSign(char c) {
    char next = charAt(at + 1);
    boolean before = next != 0 && !blank(next) && next != ')' && next != '-' && next != '+';
    return before && take(c);
  }

  boolean takeOperator(String word, String sign) {
    if (!lookingAtOperator(word, sign)) {
      return false;
    }
    at += text.startsWith(word, at) ? word.length() : sign.length();
    return true;
  }

  boolean lookingAtOperator(String word, String sign) {
    if (text.startsWith(word, at)) {
      char behind = charAt(at + word.length());
      if (behind == 0 || blank(behind) || behind == '(' || behind == ')' || behind == '"') {
        return true;
      }
    }
    return text.startsWith(sign, at) && !(sign.equals("!") && charAt(at + 1) == '=');
  }

  /** The first of the operators that stands here, taken; null when none does. */
  @Nullable String takeFirst(String... operators) {
    for (String operator : operators) {
      if (text.startsWith(operator, at)) {
        at += operator.length();
        return operator;
      }
    }
    return null;
  }

  /** {@code ~} or {@code ^} with a number, which mean nothing here. */
  void skipSuffix() {
    while (!atEnd() && (peek() == '~' || peek() == '^')) {
      at++;
      while (!atEnd() && (Character.isDigit(peek()) || peek() == '.')) {
        at++;
      }
    }
  }

  /** A phrase behind its opening quotation mark. */
  String phrase() {
    int opened = at++;
    StringBuilder phrase = new StringBuilder();
    while (!atEnd()) {
      char c = text.charAt(at++);
      if (c == '"') {
        skipSuffix();
        return phrase.toString();
      }
      if (c == '\\' && !atEnd()) {
        c = text.charAt(at++);
      }
      phrase.append(c);
    }
    throw new Wrong("a quotation mark that is never closed", opened, null);
  }

  /** Between slashes; null when what stands here is an ordinary word such as a path. */
  @Nullable String regex() {
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '/') {
        char behind = charAt(i + 1);
        if (i == at + 1 || !(behind == 0 || blank(behind) || behind == ')' || behind == ',')) {
          return null;
        }
        String pattern = text.substring(at + 1, i).replace("\\/", "/");
        at = i + 1;
        return pattern;
      }
    }
    return null;
  }

  /** A word up to a blank, a parenthesis, a quotation mark or one of these chars; may be empty. */
  Word word(String ends) {
    int start = at;
    StringBuilder plain = new StringBuilder();
    StringBuilder pattern = new StringBuilder();
    boolean wild = false;
    while (!atEnd() && !ends(peek(), ends)) {
      char c = text.charAt(at++);
      if (c == '\\' && !atEnd()) {
        char escaped = text.charAt(at++);
        plain.append(escaped);
        pattern.append('\\').append(escaped);
      } else if ((c == '~' || c == '^') && suffixOnly()) {
        skipDigits();
      } else {
        wild |= c == '*' || c == '?';
        plain.append(c);
        pattern.append(c == '\\' ? "\\\\" : String.valueOf(c));
      }
    }
    return new Word(plain.toString(), pattern.toString(), wild, start);
  }

  private static boolean ends(char c, String ends) {
    return blank(c) || c == '(' || c == ')' || c == '"' || ends.indexOf(c) >= 0;
  }

  private boolean suffixOnly() {
    int i = at;
    while (Character.isDigit(charAt(i)) || charAt(i) == '.') {
      i++;
    }
    char behind = charAt(i);
    return behind == 0 || blank(behind) || behind == ')' || behind == '^' || behind == '~';
  }

  private void skipDigits() {
    while (Character.isDigit(peek()) || peek() == '.') {
      at++;
    }
  }
}
