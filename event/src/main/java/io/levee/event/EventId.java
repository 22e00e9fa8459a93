package io.levee.event;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The identity of an event within its project: 128 bits, chosen by the client if it sent one.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record EventId(long high, long low) implements Comparable<EventId> {
  private static final int HEX_DIGITS = 32;
  private static final int UUID_CHARS = 36;

  /** A random id (RFC 9562 version 4). */
  public static EventId random(RandomGenerator random) {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new EventId(high, low);
  }

  /**
   * Reads 32 hex digits or a dashed UUID, in any case.
   *
   * @return null when the text is neither
   */
  public static @Nullable EventId parse(String text) {
    String digits =
        text.length() == UUID_CHARS && dashedAsUuid(text) ? text.replace("-", "") : text;
    if (digits.length() != HEX_DIGITS) {
      return null;
    }
    for (int i = 0; i < HEX_DIGITS; i++) {
      if (!HexFormat.isHexDigit(digits.charAt(i))) {
        return null;
      }
    }
    return new EventId(
        HexFormat.fromHexDigitsToLong(digits, 0, 16),
        HexFormat.fromHexDigitsToLong(digits, 16, HEX_DIGITS));
  }

  private static boolean dashedAsUuid(String text) {
    return text.charAt(8) == '-'
        && text.charAt(13) == '-'
        && text.charAt(18) == '-'
        && text.charAt(23) == '-';
  }

  /** Orders by the unsigned value of the bits, as the hex digits do. */
  @Override
  public int compareTo(EventId other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  /** 32 lower-case hex digits. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }
}
