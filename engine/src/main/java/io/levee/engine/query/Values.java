package io.levee.engine.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How values are written so that they compare as equal. One definition for index and matcher. */
public final class Values {
  /** Of a longer exact value the beginning counts. */
  public static final int EXACT_CHARS_MAX = 1024;

  private static final int NUMBER_CHARS_MAX = 40;

  /** So many digits a double holds exactly. */
  private static final int LONG_DIGITS_MAX = 15;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int DATE_CHARS = 10;
  private static final int MINUTE_CHARS = 16;

  private Values() {}

  /**
   * A stretch that a written time stands for: {@code 2026-11-21} is a day.
   *
   * @param from inclusive, ns since the epoch
   * @param to exclusive, ns since the epoch
   */
  public record TimeSpan(long from, long to) {}

  /** An exact value as it is compared: lower case, cut at {@link #EXACT_CHARS_MAX}. */
  public static String fold(String value) {
    return cut(cut(value).toLowerCase(Locale.ROOT));
  }

  /** The beginning of a value, not in the middle of a character. */
  public static String cut(String value) {
    if (value.length() <= EXACT_CHARS_MAX) {
      return value;
    }
    int end =
        Character.isHighSurrogate(value.charAt(EXACT_CHARS_MAX - 1))
            ? EXACT_CHARS_MAX - 1
            : EXACT_CHARS_MAX;
    return value.substring(0, end);
  }

  /**
   * The number that a text is; NaN when it is none. Addresses, dates and versions are told apart
   * without an exception each.
   */
  public static double number(String text) {
    if (text.length() <= LONG_DIGITS_MAX && !text.isEmpty()) {
      if (endOfDigits(text, 0) == text.length()) {
        return Long.parseLong(text);
      }
    }
    if (text.length() > NUMBER_CHARS_MAX || !isNumber(text)) {
      return Double.NaN;
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? value + 0.0 : Double.NaN; // Minus zero is zero.
  }

  /** An optional minus, digits with at most one point among them, and an optional exponent. */
  private static boolean isNumber(String text) {
    int at = text.startsWith("-") ? 1 : 0;
    int whole = endOfDigits(text, at);
    int digits = whole - at;
    at = whole;
    if (at < text.length() && text.charAt(at) == '.') {
      int fraction = endOfDigits(text, at + 1);
      digits += fraction - at - 1;
      at = fraction;
    }
    if (digits == 0) {
      return false;
    }
    return at == text.length() || isExponent(text, at);
  }

  private static boolean isExponent(String text, int from) {
    if (text.charAt(from) != 'e' && text.charAt(from) != 'E') {
      return false;
    }
    boolean signed =
        from + 1 < text.length() && (text.charAt(from + 1) == '-' || text.charAt(from + 1) == '+');
    int digits = from + (signed ? 2 : 1);
    int end = endOfDigits(text, digits);
    return end > digits && end == text.length();
  }

  private static int endOfDigits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  /** Nanoseconds since the epoch; moments beyond what a long can say are the nearest it can. */
  public static long nanos(Instant time) {
    long seconds = time.getEpochSecond();
    long limit = Long.MAX_VALUE / NANOS_PER_SECOND - 1;
    if (seconds > limit) {
      return Long.MAX_VALUE;
    }
    return seconds < -limit ? Long.MIN_VALUE : seconds * NANOS_PER_SECOND + time.getNano();
  }

  /**
   * What a written time stands for: RFC 3339, with or without zone (UTC), or a date, or to the
   * minute. Null when it is no time.
   */
  public static @Nullable TimeSpan timeSpan(String text) {
    String upper = text.trim().toUpperCase(Locale.ROOT).replace(' ', 'T');
    try {
      if (upper.length() == DATE_CHARS) {
        LocalDate day = LocalDate.parse(upper);
        return span(day.atStartOfDay(), day.plusDays(1).atStartOfDay());
      }
      if (upper.length() == MINUTE_CHARS) {
        LocalDateTime minute = LocalDateTime.parse(upper);
        return span(minute, minute.plusMinutes(1));
      }
      boolean zoned = upper.endsWith("Z") || upper.lastIndexOf('-') > 7 || upper.contains("+");
      Instant moment =
          zoned
              ? OffsetDateTime.parse(upper).toInstant()
              : LocalDateTime.parse(upper).toInstant(ZoneOffset.UTC);
      Instant end = upper.contains(".") ? moment.plusNanos(1) : moment.plusSeconds(1);
      return new TimeSpan(nanos(moment), nanos(end));
    } catch (DateTimeException e) {
      return null; // Not a time: for the caller to say so.
    }
  }

  private static TimeSpan span(LocalDateTime from, LocalDateTime to) {
    return new TimeSpan(nanos(from.toInstant(ZoneOffset.UTC)), nanos(to.toInstant(ZoneOffset.UTC)));
  }
}
