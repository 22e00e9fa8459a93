package io.levee.engine.query.eval;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression that leaves no choice: one part behind the other, of which each takes what
 * it can and never has to give back, because what follows it begins with other characters. Most
 * that take a number or a name out of a line are such. Immutable.
 *
 * @param parts in order
 * @param prefix what every match begins with; may be empty
 * @param groups how many groups there are
 * @param fromStart whether a match begins where the text begins
 */
record PlainPattern(List<Part> parts, String prefix, int groups, boolean fromStart) {
  /** One after the other. */
  sealed interface Part {}

  /**
   * Characters of a set.
   *
   * @param optional whether there may be none
   * @param many whether there may be several
   */
  record Chars(CharSet set, boolean optional, boolean many) implements Part {}

  /**
   * Where a group begins or ends.
   *
   * @param place of the moment: twice the group's number, and one more for its end
   */
  record Edge(int place) implements Part {}

  /** Where the text ends. */
  record End() implements Part {}

  PlainPattern {
    parts = List.copyOf(parts);
  }

  /** A pattern that RE2 can read too; null when it leaves a choice, or says more than this can. */
  static @Nullable PlainPattern of(String pattern) {
    List<Part> parts = new PlainPatternReader(pattern).parts();
    if (parts == null) {
      return null;
    }
    boolean fromStart = pattern.startsWith("^");
    int groups = 0;
    boolean empty = true;
    for (int i = 0; i < parts.size(); i++) {
      switch (parts.get(i)) {
        case Edge edge -> groups = Math.max(groups, edge.place() / 2);
        case Chars chars -> {
          empty &= chars.optional();
          if (leavesChoice(chars, parts.subList(i + 1, parts.size()))) {
            return null;
          }
        }
        case End ignored -> {}
      }
    }
    return empty ? null : new PlainPattern(parts, prefix(parts), groups, fromStart);
  }

  private static boolean leavesChoice(Chars chars, List<Part> rest) {
    if (!chars.optional() && !chars.many()) {
      return false;
    }
    for (Part part : rest) {
      if (part instanceof Chars next) {
        if (next.set().meets(chars.set())) {
          return true;
        }
        if (!next.optional()) {
          return false;
        }
      }
    }
    return false;
  }

  private static String prefix(List<Part> parts) {
    StringBuilder prefix = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Chars chars) {
        int only = chars.set().only();
        if (only < 0 || chars.optional()) {
          break;
        }
        prefix.appendCodePoint(only);
        if (chars.many()) {
          break;
        }
      } else if (part instanceof End) {
        break;
      }
    }
    return prefix.toString();
  }
}
