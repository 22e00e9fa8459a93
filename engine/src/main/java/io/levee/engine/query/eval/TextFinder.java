package io.levee.engine.query.eval;

import org.jspecify.annotations.Nullable;

/**
 * Looks for a regular expression in one text after the other, as RE2 does: the leftmost match, in
 * time that grows with the text and not faster. Used by one thread.
 */
public sealed interface TextFinder permits PlainFinder, RegexFinder {
  /**
   * A finder of a pattern.
   *
   * @throws IllegalArgumentException when it is none
   */
  static TextFinder of(String pattern) {
    RegexFinder any = new RegexFinder(Patterns.regex(pattern));
    PlainPattern plain = PlainPattern.of(pattern);
    return plain == null ? any : new PlainFinder(plain, any);
  }

  /** Goes to the beginning of a text. */
  void reset(String text);

  /** Goes to the next match; false when there is none. */
  boolean find();

  /** What a group of the match took; null when it took no part. */
  @Nullable String group(int number);
}
