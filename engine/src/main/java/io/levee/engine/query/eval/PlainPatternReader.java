package io.levee.engine.query.eval;

import io.levee.engine.query.eval.PlainPattern.Chars;
import io.levee.engine.query.eval.PlainPattern.Edge;
import io.levee.engine.query.eval.PlainPattern.End;
import io.levee.engine.query.eval.PlainPattern.Part;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the part of RE2's syntax that {@link PlainPattern} is made of: characters, classes, groups
 * that are not repeated, {@code + * ?} behind one character or class, {@code ^} and {@code $} at
 * the ends. Used once, by one thread.
 */
final class PlainPatternReader {
  private static final int NO_GROUP = -1;

  private final String pattern;
  private final List<Part> parts = new ArrayList<>();
  private final Deque<Integer> open = new ArrayDeque<>();
  private int at;
  private int groups;

  PlainPatternReader(String pattern) {
    this.pattern = pattern;
  }

  /** The parts; null when the pattern has anything else. */
  @Nullable List<Part> parts() {
    if (looking('^')) {
      at++;
    }
    while (at < pattern.length()) {
      if (!next()) {
        return null;
      }
    }
    return parts;
  }

  private boolean looking(char c) {
    return at < pattern.length() && pattern.charAt(at) == c;
  }

  private boolean next() {
    char c = pattern.charAt(at);
    return switch (c) {
      case '(' -> group();
      case ')' -> groupEnd();
      case '$' -> {
        at++;
        parts.add(new End());
        yield at == pattern.length();
      }
      case '|', '{', '}', '*', '+', '?', '^', ']' -> false;
      default -> chars();
    };
  }

  private boolean group() {
    at++;
    if (!looking('?')) {
      begin(++groups);
      return true;
    }
    at++;
    if (looking(':')) {
      at++;
      begin(NO_GROUP);
      return true;
    }
    at += looking('P') ? 1 : 0;
    int end = pattern.indexOf('>', at);
    if (!looking('<') || end < 0) {
      return false;
    }
    at = end + 1;
    begin(++groups);
    return true;
  }

  private void begin(int group) {
    open.push(group);
    if (group != NO_GROUP) {
      parts.add(new Edge(2 * group));
    }
  }

  private boolean groupEnd() {
    at++;
    int group = open.pop();
    if (group != NO_GROUP) {
      parts.add(new Edge(2 * group + 1));
    }
    return !isRepeated();
  }

  private boolean isRepeated() {
    return looking('+') || looking('*') || looking('?') || looking('{');
  }

  private boolean chars() {
    CharSet set = set();
    if (set == null || looking('{')) {
      return false;
    }
    boolean optional = looking('*') || looking('?');
    boolean many = looking('*') || looking('+');
    parts.add(new Chars(set, optional, many));
    if (optional || many) {
      at++;
      return !isRepeated();
    }
    return true;
  }

  private @Nullable CharSet set() {
    int c = pattern.codePointAt(at);
    at += Character.charCount(c);
    return switch (c) {
      case '.' -> CharSet.NOT_LINE_END;
      case '[' -> choice();
      case '\\' -> escaped();
      default -> CharSet.NONE.with(c);
    };
  }

  private @Nullable CharSet escaped() {
    char c = at < pattern.length() ? pattern.charAt(at++) : 'z';
    return switch (c) {
      case 'd' -> CharSet.DIGITS;
      case 'D' -> CharSet.DIGITS.not();
      case 'w' -> CharSet.WORDS;
      case 'W' -> CharSet.WORDS.not();
      case 's' -> CharSet.BLANKS;
      case 'S' -> CharSet.BLANKS.not();
      case 't' -> CharSet.NONE.with('\t');
      default -> c > 127 || CharSet.WORDS.has(c) ? null : CharSet.NONE.with(c);
    };
  }

  /** What stands in brackets, ASCII alone. */
  private @Nullable CharSet choice() {
    boolean not = looking('^');
    at += not ? 1 : 0;
    CharSet all = CharSet.NONE;
    boolean first = true;
    while (first || !looking(']')) {
      int begin = at;
      CharSet one = first && looking(']') ? null : item();
      if (one == null) {
        return null;
      }
      if (looking('-') && !pattern.startsWith("-]", at)) {
        at++;
        CharSet last = item();
        if (last == null || one.only() < 0 || last.only() < one.only()) {
          return null;
        }
        one = CharSet.NONE.withRange(one.only(), last.only());
      }
      all = all.and(one);
      first = false;
      if (at == begin) {
        return null;
      }
    }
    at++;
    return not ? all.not() : all;
  }

  private @Nullable CharSet item() {
    if (at >= pattern.length() || looking('[')) {
      return null;
    }
    char c = pattern.charAt(at++);
    CharSet set = c == '\\' ? escaped() : c > 127 ? null : CharSet.NONE.with(c);
    return set;
  }
}
