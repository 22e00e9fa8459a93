package io.levee.console;

import io.levee.event.Fingerprint;
import java.util.ArrayList;
import java.util.List;

/** Fingerprints as the index writes them: the hash alone, whichever version made it. */
final class FingerprintText {
  private static final int VERSIONS = 2;

  private FingerprintText() {}

  /** What the text can mean; none when it is something else. */
  static List<Fingerprint> parse(String text) {
    Fingerprint whole = Fingerprint.parse(text);
    if (whole != null) {
      return List.of(whole);
    }
    List<Fingerprint> all = new ArrayList<>(VERSIONS);
    for (int version = 1; version <= VERSIONS; version++) {
      Fingerprint one = Fingerprint.parse(version, text);
      if (one != null) {
        all.add(one);
      }
    }
    return all;
  }
}
