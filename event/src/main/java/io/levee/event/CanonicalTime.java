package io.levee.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/**
 * Reads and writes times as canonical JSON has them: what {@link Instant#toString} writes, which
 * for every usual year is of one form. Doing that by hand takes a twentieth of what the general
 * parser and formatter take, and an event has several.
 */
public final class CanonicalTime {
  private static final int SECONDS_CHARS = "2026-11-21T12:00:00".length();
  private static final int FRACTION_CHARS_MAX = 9;
  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  private static final long SECONDS_PER_DAY = 86_400;

  /** The years that are written with four digits, from the one to before the other. */
  private static final long USUAL_FROM = LocalDate.of(0, 1, 1).toEpochDay() * SECONDS_PER_DAY;

  private static final long USUAL_TO = LocalDate.of(10_000, 1, 1).toEpochDay() * SECONDS_PER_DAY;

  private CanonicalTime() {}

  /** The time in UTC, with as many groups of three digits of fraction as it needs. */
  public static String write(Instant time) {
    long seconds = time.getEpochSecond();
    if (seconds < USUAL_FROM || seconds >= USUAL_TO) {
      return time.toString();
    }
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_PER_DAY));
    int second = (int) Math.floorMod(seconds, SECONDS_PER_DAY);
    int nanos = time.getNano();
    int fraction = nanos == 0 ? 0 : nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
    byte[] text = new byte[SECONDS_CHARS + (fraction == 0 ? 1 : fraction + 2)];
    put(text, 0, 4, day.getYear());
    text[4] = '-';
    put(text, 5, 2, day.getMonthValue());
    text[7] = '-';
    put(text, 8, 2, day.getDayOfMonth());
    text[10] = 'T';
    put(text, 11, 2, second / 3_600);
    text[13] = ':';
    put(text, 14, 2, second / 60 % 60);
    text[16] = ':';
    put(text, 17, 2, second % 60);
    if (fraction > 0) {
      text[SECONDS_CHARS] = '.';
      int digits = fraction == 3 ? nanos / 1_000_000 : fraction == 6 ? nanos / 1_000 : nanos;
      put(text, SECONDS_CHARS + 1, fraction, digits);
    }
    text[text.length - 1] = 'Z';
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void put(byte[] text, int at, int digits, int number) {
    int left = number;
    for (int i = at + digits - 1; i >= at; i--) {
      text[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }

  /**
   * Reads RFC 3339 in UTC.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Instant parse(String text) {
    if (usual(text)) {
      return usualInstant(text);
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("time: \"" + text + "\" (expected: RFC 3339 in UTC)", e);
    }
  }

  /** Whether a text is a time of the form {@code 2026-11-21T12:00:00[.1 to 9 digits]Z}. */
  private static boolean usual(String text) {
    int end = text.length() - 1;
    int fraction = end - SECONDS_CHARS - 1;
    boolean form =
        end >= SECONDS_CHARS
            && text.charAt(end) == 'Z'
            && text.charAt(4) == '-'
            && text.charAt(7) == '-'
            && text.charAt(10) == 'T'
            && text.charAt(13) == ':'
            && text.charAt(16) == ':'
            && (end == SECONDS_CHARS
                || (text.charAt(SECONDS_CHARS) == '.'
                    && fraction >= 1
                    && fraction <= FRACTION_CHARS_MAX));
    return form
        && digits(text, 0, 4)
        && between(text, 5, 1, 12)
        && between(text, 8, 1, days(text))
        && between(text, 11, 0, 23)
        && between(text, 14, 0, 59)
        && between(text, 17, 0, 59)
        && (end == SECONDS_CHARS || digits(text, SECONDS_CHARS + 1, end));
  }

  /** Of February the 29th the general parser says whether there is one. */
  private static int days(String text) {
    return DAYS[number(text, 5, 7) - 1];
  }

  private static boolean between(String text, int at, int least, int most) {
    return digits(text, at, at + 2)
        && number(text, at, at + 2) >= least
        && number(text, at, at + 2) <= most;
  }

  private static boolean digits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = 10 * number + text.charAt(i) - '0';
    }
    return number;
  }

  private static Instant usualInstant(String text) {
    LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    int minutes = 60 * number(text, 11, 13) + number(text, 14, 16);
    long seconds = day.toEpochDay() * SECONDS_PER_DAY + 60L * minutes + number(text, 17, 19);
    return Instant.ofEpochSecond(seconds, nanos(text));
  }

  private static int nanos(String text) {
    int nanos = 0;
    int end = text.length() - 1;
    for (int i = SECONDS_CHARS + 1; i <= SECONDS_CHARS + FRACTION_CHARS_MAX; i++) {
      nanos = 10 * nanos + (i < end ? text.charAt(i) - '0' : 0);
    }
    return nanos;
  }
}
