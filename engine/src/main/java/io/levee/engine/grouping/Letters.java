package io.levee.engine.grouping;

/**
 * What kind of character one is. Nearly all in names of code are ASCII, and of every name every
 * character is asked about: a table answers for those.
 */
final class Letters {
  static final int DIGIT = 0;
  static final int UPPER = 1;

  /** A letter that isn't upper case; a digit of another script too. */
  static final int LOWER = 2;

  static final int NONE = 3;

  private static final byte[] ASCII = new byte[128];
  private static final boolean[] NAMES = new boolean[128];

  static {
    for (char c = 0; c < ASCII.length; c++) {
      ASCII[c] = (byte) slowKind(c);
      NAMES[c] = ASCII[c] != NONE || c == '_' || c == '$';
    }
  }

  private Letters() {}

  /** {@link #DIGIT} from 0 to 9, {@link #UPPER}, {@link #LOWER}, or {@link #NONE} of them. */
  static int kind(char c) {
    return c < ASCII.length ? ASCII[c] : slowKind(c);
  }

  /** Whether names of variables have it: a letter, a digit, {@code _} or {@code $}. */
  static boolean isOfName(char c) {
    return c < NAMES.length ? NAMES[c] : slowKind(c) != NONE;
  }

  /** Whether it is a digit to the base of 16, of whatever script. */
  static boolean isHexDigit(char c) {
    return c < ASCII.length
        ? ASCII[c] == DIGIT || ((c | ' ') >= 'a' && (c | ' ') <= 'f')
        : Character.digit(c, 16) >= 0;
  }

  private static int slowKind(char c) {
    if (!Character.isLetterOrDigit(c)) {
      return NONE;
    }
    return c >= '0' && c <= '9' ? DIGIT : Character.isUpperCase(c) ? UPPER : LOWER;
  }
}
