package io.levee.console;

import io.levee.event.Fingerprint;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Fingerprints as the index writes them: the hash alone, whichever version made it. */
final class FingerprintText {
  private static final int VERSIONS = 2;

  private FingerprintText() {}

  /** What the text can mean; none when it is something else. */
  static List<Fingerprint> parse(String text) {
    @Nullable Fingerprint whole = Fingerprint.parse(text);
    if (whole != null) {
      return List.of(whole);
    }
    return Fingerprint.parse(1, text) == null
        ? List.of()
        : IntStream.rangeClosed(1, VERSIONS)
            .mapToObj(version -> Fingerprint.parse(version, text))
            .toList();
  }
}
