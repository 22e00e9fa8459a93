package io.levee.engine.query.pipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds the bars between stages: not those in quotation marks, in regular expressions of a filter,
 * in the brackets of a question within the question, and not {@code ||}.
 */
final class StageSplitter {
  private final String text;
  private final List<int[]> parts = new ArrayList<>();
  private int start;
  private int brackets;

  private StageSplitter(String text) {
    this.text = text;
  }

  /** From where to where each stage goes, its bar not included; the filter is the first. */
  static List<int[]> split(String text) {
    StageSplitter splitter = new StageSplitter(text);
    splitter.run();
    return splitter.parts;
  }

  private void run() {
    int at = 0;
    while (at < text.length()) {
      at = step(at);
    }
    parts.add(new int[] {start, text.length()});
  }

  private int step(int at) {
    return switch (text.charAt(at)) {
      case '\\' -> at + 2;
      case '"' -> behindQuote(at);
      case '/' -> filtering() ? behindRegex(at) : at + 1;
      case '[' -> {
        brackets += filtering() ? 0 : 1;
        yield at + 1;
      }
      case ']' -> {
        brackets -= filtering() || brackets == 0 ? 0 : 1;
        yield at + 1;
      }
      case '|' -> bar(at);
      default -> at + 1;
    };
  }

  private int bar(int at) {
    if (text.startsWith("||", at)) {
      return at + 2;
    }
    if (brackets == 0) {
      parts.add(new int[] {start, at});
      start = at + 1;
    }
    return at + 1;
  }

  /** Whether this stage is a filter, in which brackets are ranges and slashes hold patterns. */
  private boolean filtering() {
    return brackets == 0
        && (parts.isEmpty()
            || text.substring(start).stripLeading().toLowerCase(Locale.ROOT).startsWith("search"));
  }

  private int behindQuote(int opened) {
    for (int i = opened + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        return i + 1;
      }
    }
    return text.length();
  }

  private int behindRegex(int opened) {
    char before = opened == 0 ? ' ' : text.charAt(opened - 1);
    if (!Character.isWhitespace(before) && ":=(".indexOf(before) < 0) {
      return opened + 1;
    }
    for (int i = opened + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '/') {
        boolean ends = i + 1 == text.length() || " \t\n),|".indexOf(text.charAt(i + 1)) >= 0;
        return ends ? i + 1 : opened + 1;
      }
    }
    return opened + 1;
  }
}
