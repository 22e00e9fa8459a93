package io.levee.bench;

import java.util.Locale;
import java.util.OptionalLong;

/** Sizes as text. */
final class Sizes {
  private static final double BYTES_PER_MEBIBYTE = 1 << 20;

  private Sizes() {}

  static String mebibytes(OptionalLong bytes) {
    return bytes.isPresent() ? mebibytes(bytes.getAsLong()) : "unknown";
  }

  static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / BYTES_PER_MEBIBYTE);
  }
}
