package io.levee.edge.decode;

import io.levee.event.CanonicalTime;
import io.levee.event.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times that clients send: seconds since the epoch as a number or as its text, with all
 * digits of the fraction up to nanoseconds, or RFC 3339, with or without offset (none means UTC).
 */
public final class Timestamps {
  private static final int LITERAL_CHARS_MAX = 40;
  private static final int SECONDS_DIGITS_MAX = 12;
  private static final int FRACTION_DIGITS = 9;

  private Timestamps() {}

  /** The time that a value means; null when it is none. */
  public static @Nullable Instant parse(@Nullable Json value) {
    return switch (value) {
      case Json.Num number -> seconds(number.literal());
      case Json.Text text -> text(text.value().strip());
      case Json.Bool ignored -> null;
      case Json.Null ignored -> null;
      case Json.Arr ignored -> null;
      case Json.Obj ignored -> null;
      case null -> null;
    };
  }

  /**
   * Seconds since the epoch as a decimal number; null when it is none or lies beyond the year
   * 30,000.
   */
  public static @Nullable BigDecimal decimalSeconds(@Nullable Json value) {
    String literal =
        value instanceof Json.Num || value instanceof Json.Text ? value.scalarText() : null;
    if (literal == null || literal.length() > LITERAL_CHARS_MAX) {
      return null;
    }
    try {
      BigDecimal seconds = new BigDecimal(literal);
      // A number such as 1e-999999999 is short to write and endless to compute with.
      long magnitude = (long) seconds.precision() - seconds.scale();
      if (magnitude > SECONDS_DIGITS_MAX || magnitude < -FRACTION_DIGITS) {
        return seconds.signum() == 0 || magnitude < 0 ? BigDecimal.ZERO : null;
      }
      return seconds;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Instant seconds(String literal) {
    BigDecimal decimal = decimalSeconds(new Json.Num(literal));
    if (decimal == null) {
      return null;
    }
    BigDecimal whole = decimal.setScale(0, RoundingMode.FLOOR);
    long nanos =
        decimal
            .subtract(whole)
            .movePointRight(FRACTION_DIGITS)
            .setScale(0, RoundingMode.DOWN)
            .longValue();
    return Instant.ofEpochSecond(whole.longValue(), nanos);
  }

  private static @Nullable Instant text(String text) {
    int length = text.length();
    if (length == 0 || length > LITERAL_CHARS_MAX) {
      return null;
    }
    boolean dated = length > 10 && text.charAt(4) == '-' && text.charAt(7) == '-';
    return dated ? dateTime(text) : seconds(text);
  }

  private static @Nullable Instant dateTime(String text) {
    String iso =
        text.charAt(10) == ' ' ? text.substring(0, 10) + "T" + text.substring(11).strip() : text;
    try {
      char last = iso.charAt(iso.length() - 1);
      if (last == 'Z' || last == 'z') {
        return CanonicalTime.parse(iso);
      }
      boolean offset = iso.indexOf('+', 11) > 0 || iso.indexOf('-', 11) > 0;
      return offset
          ? OffsetDateTime.parse(iso).toInstant()
          : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException | IllegalArgumentException e) {
      return null;
    }
  }
}
