package io.levee.engine.accept;

/** Shortens text without tearing a character apart. */
final class Cut {
  private Cut() {}

  /**
   * The text's beginning.
   *
   * @param charsMax length in chars; one less is taken where the cut would split a surrogate pair
   * @return the same instance when it is short enough
   */
  static String to(String text, int charsMax) {
    if (text.length() <= charsMax) {
      return text;
    }
    boolean splits = charsMax > 0 && Character.isHighSurrogate(text.charAt(charsMax - 1));
    return text.substring(0, splits ? charsMax - 1 : charsMax);
  }
}
