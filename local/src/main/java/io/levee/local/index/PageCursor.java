package io.levee.local.index;

import org.jspecify.annotations.Nullable;

/**
 * The last hit of a page: the next page begins behind it.
 *
 * @param timeNanos since the epoch
 * @param tie orders events of the same time
 */
record PageCursor(long timeNanos, long tie) {
  /** {@code time.tie} in hex digits. */
  String encode() {
    return Long.toHexString(timeNanos) + "." + Long.toHexString(tie);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException when the text is something else
   */
  static @Nullable PageCursor decode(@Nullable String text) {
    if (text == null) {
      return null;
    }
    int dot = text.indexOf('.');
    try {
      return new PageCursor(
          Long.parseUnsignedLong(text.substring(0, Math.max(dot, 0)), 16),
          Long.parseUnsignedLong(text.substring(dot + 1), 16));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "after: \"" + text + "\" (expected: what the page before gave)", e);
    }
  }
}
