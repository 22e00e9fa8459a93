package io.levee.engine.grouping;

/** Takes a line of rules apart, from left to right. Not thread-safe. */
final class RuleLine {
  /** What is wrong with the line, and where. Never leaves the package. */
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;
    private final int column;
    private final String said;

    Wrong(int column, String said) {
      super(said, null, false, false);
      this.column = column;
      this.said = said;
    }

    int column() {
      return column;
    }

    String said() {
      return said;
    }
  }

  private final String text;
  private int at;

  RuleLine(String text) {
    this.text = text;
    skipSpaces();
  }

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  /** Where the next word begins, from 1. */
  int column() {
    return at + 1;
  }

  /** Whether only spaces and a comment are left. */
  boolean isEmpty() {
    skipSpaces();
    return at >= text.length() || text.charAt(at) == '#';
  }

  boolean isAt(String word) {
    return text.startsWith(word, at);
  }

  /** Passes over a word if it is next. */
  boolean takes(String word) {
    if (!isAt(word)) {
      return false;
    }
    at += word.length();
    if (!word.equals("!") && !word.equals(":") && !word.endsWith("=")) {
      skipSpaces();
    }
    return true;
  }

  /** Nothing may follow. */
  void end() throws Wrong {
    if (!isEmpty()) {
      throw new Wrong(column(), "\"" + text.substring(at).strip() + "\" (expected: end of line)");
    }
  }

  /** A field's name: up to a colon or space. */
  String name() {
    int from = at;
    while (at < text.length()
        && text.charAt(at) != ':'
        && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at);
  }

  /** A value: quoted, or up to the next space. */
  String value() throws Wrong {
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int from = at;
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    String value = text.substring(from, at);
    skipSpaces();
    return value;
  }

  private String quoted() throws Wrong {
    int from = at++;
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        char next = text.charAt(at + 1);
        if (next != '"' && next != '\\') {
          value.append('\\');
        } else if (next == '\\') {
          value.append('\\');
        }
        at++;
      }
      value.append(text.charAt(at));
      at++;
    }
    if (at >= text.length()) {
      throw new Wrong(from + 1, "the quote is not closed (expected: \")");
    }
    at++;
    skipSpaces();
    return value.toString();
  }

  /** A part of a fingerprint: quoted, a variable in double braces, or up to a comma or space. */
  String part() throws Wrong {
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int from = at;
    while (at < text.length()
        && text.charAt(at) != ','
        && !Character.isWhitespace(text.charAt(at))) {
      if (isAt("{{")) {
        int close = text.indexOf("}}", at);
        if (close < 0) {
          throw new Wrong(at + 1, "the variable is not closed (expected: }})");
        }
        at = close + 2;
      } else {
        at++;
      }
    }
    String part = text.substring(from, at);
    skipSpaces();
    return part;
  }
}
