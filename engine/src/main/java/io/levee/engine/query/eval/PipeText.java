package io.levee.engine.query.eval;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The text of a question and the place where reading stands. A stretch of it can be read as if it
 * were all there is. Used by one thread.
 */
public final class PipeText {
  private final String text;
  private int at;
  private int end;

  /** The whole text. */
  public PipeText(String text) {
    this.text = text;
    this.end = text.length();
  }

  public int position() {
    return at;
  }

  /** Goes on at a position, up to another. */
  public void stretch(int from, int to) {
    at = from;
    end = to;
  }

  public void goTo(int position) {
    at = position;
  }

  /** What lies between two positions. */
  public String between(int from, int to) {
    return text.substring(from, to);
  }

  /** What is left of the stretch; takes it. */
  public String rest() {
    String rest = text.substring(at, end);
    at = end;
    return rest;
  }

  /** Where the stretch ends. */
  public int end() {
    return end;
  }

  public boolean atEnd() {
    skipBlanks();
    return at >= end;
  }

  /** The next char; 0 at the end. */
  public char peek() {
    return at < end ? text.charAt(at) : 0;
  }

  public void skipBlanks() {
    while (at < end && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\u00A0')) {
      at++;
    }
  }

  /** Takes a sign, blanks before it included. */
  public boolean take(String sign) {
    skipBlanks();
    if (at + sign.length() <= end && text.startsWith(sign, at)) {
      at += sign.length();
      return true;
    }
    return false;
  }

  /**
   * Takes a sign.
   *
   * @throws QueryFault when another stands here
   */
  public void expect(String sign, String where) {
    if (!take(sign)) {
      throw wrong(where + " needs " + sign + " here");
    }
  }

  /** Takes a whole word, in any case. */
  public boolean takeWord(String word) {
    if (!lookingAtWord(word)) {
      return false;
    }
    at += word.length();
    return true;
  }

  public boolean lookingAtWord(String word) {
    skipBlanks();
    int behind = at + word.length();
    return behind <= end
        && text.regionMatches(true, at, word, 0, word.length())
        && (behind == end || !inName(text.charAt(behind)));
  }

  /** Takes {@code name=}; false, and nothing taken, when something else stands here. */
  public boolean takeOption(String name) {
    int start = at;
    if (takeWord(name)) {
      if (take("=") && peek() != '=') {
        return true;
      }
      at = start;
    }
    return false;
  }

  /** A name as commands take it: letters, digits and {@code _ . - @ * : { } $ /}; may be empty. */
  public String bareWord() {
    skipBlanks();
    int start = at;
    while (at < end && inWord(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** A name as expressions take it: letters, digits and {@code _ . : { }}; may be empty. */
  public String name() {
    skipBlanks();
    int start = at;
    while (at < end && inName(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean inName(char c) {
    return Character.isLetterOrDigit(c) || "_.{}@:".indexOf(c) >= 0;
  }

  private static boolean inWord(char c) {
    return inName(c) || "-*$/+%#?".indexOf(c) >= 0;
  }

  /** Text between quotation marks; a backslash makes the next mark an ordinary one. */
  public String quoted() {
    skipBlanks();
    int opened = at;
    char mark = text.charAt(at++);
    StringBuilder value = new StringBuilder();
    while (at < end) {
      char c = text.charAt(at++);
      if (c == mark) {
        return value.toString();
      }
      if (c == '\\' && at < end && (text.charAt(at) == mark || text.charAt(at) == '\\')) {
        c = text.charAt(at++);
        if (c == '\\') {
          value.append(mark == '"' && at < end && regexClass(text.charAt(at)) ? "\\" : "");
        }
      }
      value.append(c);
    }
    throw new QueryFault("a quotation mark that is never closed", opened, 1, null);
  }

  /** A doubled backslash before a char that patterns know stays doubled: it is a pattern's. */
  private static boolean regexClass(char c) {
    return ".+*?()[]{}|^$".indexOf(c) >= 0;
  }

  public boolean lookingAtQuote() {
    skipBlanks();
    return peek() == '"';
  }

  /** A value: quoted, or up to a blank, comma, bar, parenthesis or bracket. */
  public String value() {
    if (lookingAtQuote()) {
      return quoted();
    }
    int start = at;
    while (at < end && " \t\r\n,()|]".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  /** A fault at the word that stands here. */
  public QueryFault wrong(String message) {
    return wrong(message, null);
  }

  /** A fault at the word that stands here. */
  public QueryFault wrong(String message, @Nullable String suggestion) {
    skipBlanks();
    int start = at;
    String word = value();
    at = start;
    String found = start >= end ? "the end" : word.isEmpty() ? String.valueOf(peek()) : word;
    return new QueryFault(
        message + " (found: " + found + ")", start, Math.max(1, word.length()), suggestion);
  }

  /** A fault at a word that was taken. */
  public QueryFault wrongAt(int position, String word, String message) {
    return new QueryFault(message, position, Math.max(1, word.length()), null);
  }

  static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
