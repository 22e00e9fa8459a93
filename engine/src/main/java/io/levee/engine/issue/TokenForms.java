package io.levee.engine.issue;

/**
 * Words that nobody would write: letters and digits in turns, as in {@code cus_9fK2aLx8Qz}, {@code
 * 01HF3Q8X2M6N7P9RSTVWXYZ012} and {@code eyJhbGciOi…}.
 */
final class TokenForms {
  private static final int CHARS_MIN = 8;
  private static final int TURNS_MIN = 3;
  private static final int DIGITS_MIN = 2;

  private TokenForms() {}

  /** The end of a token that begins here, or -1. */
  static int end(String text, int at) {
    int end = at;
    int digits = 0;
    int turns = 0;
    int partAt = at;
    while (end < text.length() && isPart(text, end)) {
      char c = text.charAt(end);
      boolean digit = TextScan.isDigit(c);
      digits += digit ? 1 : 0;
      if (c == '_' || c == '-') {
        partAt = end + 1;
      } else if (end > partAt && digit != TextScan.isDigit(text.charAt(end - 1))) {
        turns++;
      }
      end++;
    }
    boolean token = end - at >= CHARS_MIN && digits >= DIGITS_MIN && turns >= TURNS_MIN;
    return token && end - partAt >= DIGITS_MIN ? end : -1;
  }

  private static boolean isPart(String text, int at) {
    char c = text.charAt(at);
    return TextScan.isLetter(c) || TextScan.isDigit(c) || c == '_';
  }
}
