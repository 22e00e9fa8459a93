package io.levee.engine.query.eval;

import io.levee.engine.query.eval.PlainPattern.Chars;
import io.levee.engine.query.eval.PlainPattern.Edge;
import io.levee.engine.query.eval.PlainPattern.End;
import io.levee.engine.query.eval.PlainPattern.Part;
import org.jspecify.annotations.Nullable;

/**
 * Finds a plain pattern by trying it where it can begin. Where that takes much more than a look at
 * each character (at {@code a\w+!} in thousands of a's), RE2 goes on from there.
 */
final class PlainFinder implements TextFinder {
  private static final int STEPS_A_CHAR = 16;

  private final PlainPattern pattern;
  private final Part[] parts;
  private final RegexFinder otherwise;
  private final int[] bounds;
  private String text = "";
  private int from;
  private long stepsLeft;
  private boolean tired;

  /**
   * @param otherwise finds the same pattern
   */
  PlainFinder(PlainPattern pattern, RegexFinder otherwise) {
    this.pattern = pattern;
    this.parts = pattern.parts().toArray(Part[]::new);
    this.otherwise = otherwise;
    this.bounds = new int[2 * pattern.groups() + 2];
  }

  @Override
  public void reset(String next) {
    text = next;
    from = 0;
    stepsLeft = (long) STEPS_A_CHAR * (next.length() + 1);
    tired = false;
  }

  @Override
  public boolean find() {
    if (tired) {
      return otherwise.find();
    }
    int last = pattern.fromStart() ? 0 : text.length();
    while (from <= last) {
      int begin = pattern.fromStart() ? from : text.indexOf(pattern.prefix(), from);
      if (begin < 0) {
        break;
      }
      int end = match(begin);
      if (end >= 0) {
        bounds[0] = begin;
        bounds[1] = end;
        from = end;
        return true;
      }
      from = begin + width(begin);
      if (stepsLeft < 0) {
        tired = true;
        otherwise.reset(text);
        return otherwise.find(Math.min(from, text.length()));
      }
    }
    from = text.length() + 1;
    return false;
  }

  private int width(int at) {
    return at < text.length() ? Character.charCount(text.codePointAt(at)) : 1;
  }

  /** Where a match that begins here ends; -1 when none does. */
  private int match(int begin) {
    int at = begin;
    for (Part part : parts) {
      switch (part) {
        case Edge edge -> bounds[edge.place()] = at;
        case Chars chars -> {
          int end = chars.many() ? endOf(chars.set(), at) : endOfOne(chars.set(), at);
          if (end == at && !chars.optional()) {
            stepsLeft -= at - begin + 1;
            return -1;
          }
          at = end;
        }
        case End ignored -> {
          if (at != text.length()) {
            stepsLeft -= at - begin + 1;
            return -1;
          }
        }
      }
    }
    return at;
  }

  private int endOfOne(CharSet set, int at) {
    if (at >= text.length()) {
      return at;
    }
    int c = text.codePointAt(at);
    return set.has(c) ? at + Character.charCount(c) : at;
  }

  private int endOf(CharSet set, int begin) {
    int at = begin;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (!set.has(c)) {
        break;
      }
      at += Character.charCount(c);
    }
    return at;
  }

  @Override
  public @Nullable String group(int number) {
    return tired
        ? otherwise.group(number)
        : text.substring(bounds[2 * number], bounds[2 * number + 1]);
  }
}
