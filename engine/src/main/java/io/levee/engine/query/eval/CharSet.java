package io.levee.engine.query.eval;

/**
 * Some of the ASCII characters, and of the others none, one or all.
 *
 * @param low a bit for each of the characters 0 to 63
 * @param high a bit for each of the characters 64 to 127
 * @param others whether all that are not ASCII are in it
 * @param other the one that is not ASCII and is in it; -1 when there is none
 */
record CharSet(long low, long high, boolean others, int other) {
  private static final int ASCII = 128;
  private static final int HALF = 64;

  static final CharSet NONE = new CharSet(0, 0, false, -1);
  static final CharSet DIGITS = NONE.withRange('0', '9');
  static final CharSet WORDS = DIGITS.withRange('A', 'Z').withRange('a', 'z').with('_');
  static final CharSet BLANKS = NONE.with('\t').with('\n').with('\f').with('\r').with(' ');
  static final CharSet NOT_LINE_END = NONE.with('\n').not();

  /** With one more. Of those that are not ASCII there can be one. */
  CharSet with(int c) {
    if (c >= ASCII) {
      return new CharSet(low, high, others, c);
    }
    return c < HALF
        ? new CharSet(low | (1L << c), high, others, other)
        : new CharSet(low, high | (1L << (c - HALF)), others, other);
  }

  /** With a range of ASCII characters. */
  CharSet withRange(int first, int last) {
    CharSet all = this;
    for (int c = first; c <= last; c++) {
      all = all.with(c);
    }
    return all;
  }

  CharSet and(CharSet more) {
    return new CharSet(
        low | more.low, high | more.high, others || more.others, Math.max(other, more.other));
  }

  /** All that a set of ASCII characters alone, or of all others too, has not. */
  CharSet not() {
    return new CharSet(~low, ~high, !others, -1);
  }

  boolean has(int c) {
    if (c < HALF) {
      return ((low >>> c) & 1) != 0;
    }
    return c < ASCII ? ((high >>> (c - HALF)) & 1) != 0 : others || c == other;
  }

  /** Whether a character may be in both. */
  boolean meets(CharSet that) {
    boolean beyond =
        (others && (that.others || that.other >= 0))
            || (that.others && other >= 0)
            || (other >= 0 && other == that.other);
    return (low & that.low) != 0 || (high & that.high) != 0 || beyond;
  }

  /** The only character in it; -1 when there is not exactly one. */
  int only() {
    if (others || Long.bitCount(low) + Long.bitCount(high) + (other >= 0 ? 1 : 0) != 1) {
      return -1;
    }
    return low != 0
        ? Long.numberOfTrailingZeros(low)
        : high != 0 ? HALF + Long.numberOfTrailingZeros(high) : other;
  }
}
