package io.levee.event;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What makes events the same problem: a 128-bit hash and the version of the algorithm that made it.
 * Values of different versions never compare as equal.
 *
 * @param version of the algorithm, 1..255
 * @param high the first 64 bits of the hash
 * @param low the last 64 bits of the hash
 */
public record Fingerprint(int version, long high, long low) {
  private static final int HEX_DIGITS = 32;

  public Fingerprint {
    if (version < 1 || version > 255) {
      throw new IllegalArgumentException("fingerprint version: " + version + " (expected: 1..255)");
    }
  }

  /** The hash as 32 lower-case hex digits. */
  public String value() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }

  /**
   * Puts a fingerprint together again.
   *
   * @param value 32 hex digits
   * @return null when the value isn't that or the version is out of range
   */
  public static @Nullable Fingerprint parse(int version, String value) {
    EventId bits = value.length() == HEX_DIGITS ? EventId.parse(value) : null;
    return bits == null || version < 1 || version > 255
        ? null
        : new Fingerprint(version, bits.high(), bits.low());
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @return null when the text isn't {@code version:hash}
   */
  public static @Nullable Fingerprint parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || colon > 3) {
      return null;
    }
    int version = 0;
    for (int i = 0; i < colon; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      version = version * 10 + digit;
    }
    return parse(version, text.substring(colon + 1));
  }

  /** {@code version:hash}, for people and logs. */
  @Override
  public String toString() {
    return version + ":" + value();
  }
}
