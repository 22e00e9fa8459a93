package io.levee.console;

import io.levee.event.Fingerprint;
import org.jspecify.annotations.Nullable;

/** Fingerprints as the index writes them: {@code version:hash}, or the hash alone for version 1. */
final class FingerprintText {
  private FingerprintText() {}

  /** Null when it is something else. */
  static @Nullable Fingerprint parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return Fingerprint.parse(1, text);
    }
    String version = text.substring(0, colon);
    return version.matches("\\d{1,3}")
        ? Fingerprint.parse(Integer.parseInt(version), text.substring(colon + 1))
        : null;
  }
}
