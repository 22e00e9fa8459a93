package io.levee.engine.grouping;

/**
 * A part of a file's name, between the signs that separate them: read character by character, it
 * tells whether it is a hash.
 */
final class NamePart {
  /** Shorter parts are no hashes. */
  static final int HASH_CHARS_MIN = 6;

  private static final int HASH_CHARS_MAX = 64;
  private static final int BUNDLER_HASH_CHARS_MIN = 7;
  private static final int BUNDLER_HASH_CHARS_MAX = 24;
  private static final int TURNS_OF_A_HASH = 4;

  private int length;
  private int digits;
  private int upper;
  private int others;
  private int hex;

  /** How often a digit, a capital or a small letter stands behind one of another kind. */
  private int turns;

  private int before;

  /** One more character of its kind. */
  void add(char c, int kind) {
    turns += length > 0 && kind != before ? 1 : 0;
    digits += kind == Letters.DIGIT ? 1 : 0;
    upper += kind == Letters.UPPER ? 1 : 0;
    others += kind == Letters.NONE ? 1 : 0;
    hex += Letters.isHexDigit(c) ? 1 : 0;
    before = kind;
    length++;
  }

  /** A new part begins. */
  void clear() {
    length = 0;
    digits = 0;
    upper = 0;
    others = 0;
    hex = 0;
    turns = 0;
  }

  int length() {
    return length;
  }

  /**
   * Whether a machine made this part.
   *
   * @param inside whether something stands before it, as bundlers have it
   */
  boolean isHash(boolean inside) {
    if (length < HASH_CHARS_MIN || length > HASH_CHARS_MAX || others > 0) {
      return false;
    }
    if (hex == length && digits > 0) {
      return true;
    }
    // esbuild: capitals and digits; Vite and Rollup: letters of both cases and digits, mixed.
    boolean bundler =
        inside && length >= BUNDLER_HASH_CHARS_MIN && length <= BUNDLER_HASH_CHARS_MAX;
    return bundler
        && (upper + digits == length || turns >= TURNS_OF_A_HASH || (digits > 0 && turns >= 2));
  }
}
