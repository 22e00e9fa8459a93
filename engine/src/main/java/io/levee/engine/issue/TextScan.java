package io.levee.engine.issue;

/** The small questions that scanners of text ask. ASCII only: other letters never end a number. */
final class TextScan {
  private TextScan() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isWord(char c) {
    return isLetter(c) || isDigit(c) || c == '_' || c > 127;
  }

  /** Whether no word goes on here. */
  static boolean endsWord(String text, int at) {
    return at >= text.length() || !isWord(text.charAt(at));
  }

  static int wordEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isWord(text.charAt(end))) {
      end++;
    }
    return end;
  }

  static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  static boolean fractionFollows(String text, int at) {
    return at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1));
  }

  /** The end of {@code e-7} and the like, or where it was asked. */
  static int exponentEnd(String text, int at) {
    if (at >= text.length() || (text.charAt(at) != 'e' && text.charAt(at) != 'E')) {
      return at;
    }
    int digits = at + 1;
    boolean sign =
        digits < text.length() && (text.charAt(digits) == '-' || text.charAt(digits) == '+');
    digits += sign ? 1 : 0;
    int end = digitsEnd(text, digits);
    return end > digits && endsWord(text, end) ? end : at;
  }

  static boolean onlyLetters(String text, int from, int end) {
    for (int i = from; i < end; i++) {
      if (!isLetter(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** How many digits stand from here, no more than a limit. */
  static int digitCount(String text, int at, int max) {
    int count = 0;
    while (count < max && at + count < text.length() && isDigit(text.charAt(at + count))) {
      count++;
    }
    return count;
  }

  static boolean is(String text, int at, char c) {
    return at >= 0 && at < text.length() && text.charAt(at) == c;
  }
}
