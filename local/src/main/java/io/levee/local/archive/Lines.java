package io.levee.local.archive;

import java.util.Arrays;

/** Walks over the lines of a text; every line ends with {@code \n}. */
final class Lines {
  private final byte[] text;
  private int from;
  private int to = -1;

  Lines(byte[] text) {
    this.text = text;
  }

  /** Goes to the next line; false behind the last. */
  boolean next() {
    from = to + 1;
    if (from >= text.length) {
      return false;
    }
    to = from;
    while (to < text.length && text[to] != '\n') {
      to++;
    }
    return true;
  }

  int from() {
    return from;
  }

  int length() {
    return to - from;
  }

  /** The line, without its end. */
  byte[] copy() {
    return Arrays.copyOfRange(text, from, to);
  }
}
