package io.levee.engine.query.eval;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A moment as it is written: {@code now}, {@code -24h@h}, {@code @d}, {@code -1mon@mon+2h}, {@code
 * @w1} (Monday), seconds since the epoch, RFC 3339, or a date. {@code @} goes back to the beginning
 * of the unit.
 */
public final class TimeModifier {
  private static final Pattern STEP =
      Pattern.compile(
          "([+-]\\d{0,6})(sec|s|month|mon|min|m|hr|h|day|d|week|w|quarter|q|year|yr|y)"
              + "|@(sec|s|month|mon|min|m|hr|h|day|d|week|w[0-7]?|quarter|q|year|yr|y)");

  private TimeModifier() {}

  /**
   * The moment.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Instant resolve(String text, Setting setting) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (word.equals("now") || word.equals("now()")) {
      return setting.now();
    }
    try {
      if (word.matches("\\d{9,11}(\\.\\d{1,9})?")) {
        return Instant.ofEpochMilli(Math.round(Double.parseDouble(word) * 1000));
      }
      if (word.matches("\\d{4}-\\d\\d-\\d\\d")) {
        return java.time.LocalDate.parse(word).atStartOfDay(setting.zone()).toInstant();
      }
      if (word.matches("\\d{4}-.*")) {
        return written(text.strip(), setting);
      }
      return steps(word.startsWith("now") ? word.substring(3) : word, text, setting);
    } catch (DateTimeException | ArithmeticException e) {
      throw wrong(text);
    }
  }

  private static Instant written(String text, Setting setting) {
    String upper = text.toUpperCase(Locale.ROOT).replace(' ', 'T');
    boolean zoned = upper.endsWith("Z") || upper.matches(".*[+-]\\d\\d:?\\d\\d$");
    return zoned && upper.length() > 16
        ? OffsetDateTime.parse(upper).toInstant()
        : java.time.LocalDateTime.parse(upper).atZone(setting.zone()).toInstant();
  }

  private static Instant steps(String word, String text, Setting setting) {
    ZonedDateTime time = setting.now().atZone(setting.zone());
    Matcher step = STEP.matcher(word);
    int at = 0;
    while (at < word.length()) {
      if (!step.find() || step.start() != at) {
        throw wrong(text);
      }
      if (step.group(3) != null) {
        time = snap(time, step.group(3));
      } else {
        String number = step.group(1).length() == 1 ? step.group(1) + "1" : step.group(1);
        time = move(time, Long.parseLong(number), step.group(2));
      }
      at = step.end();
    }
    if (word.isEmpty()) {
      throw wrong(text);
    }
    return time.toInstant();
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "time: \"" + text + "\" (expected: as in -24h@h, @d, now, 2026-11-21T10:00:00Z)");
  }

  private static ZonedDateTime move(ZonedDateTime time, long amount, String unit) {
    return switch (unit) {
      case "s", "sec" -> time.plusSeconds(amount);
      case "m", "min" -> time.plusMinutes(amount);
      case "h", "hr" -> time.plusHours(amount);
      case "d", "day" -> time.plusDays(amount);
      case "w", "week" -> time.plusWeeks(amount);
      case "mon", "month" -> time.plusMonths(amount);
      case "q", "quarter" -> time.plusMonths(3 * amount);
      default -> time.plusYears(amount);
    };
  }

  /** The beginning of the unit that a moment lies in. */
  public static ZonedDateTime snap(ZonedDateTime time, String unit) {
    ZonedDateTime day = time.truncatedTo(ChronoUnit.DAYS);
    return switch (unit) {
      case "s", "sec" -> time.truncatedTo(ChronoUnit.SECONDS);
      case "m", "min" -> time.truncatedTo(ChronoUnit.MINUTES);
      case "h", "hr" -> time.truncatedTo(ChronoUnit.HOURS);
      case "d", "day" -> day;
      case "w", "week", "w0", "w7" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
      case "w1", "w2", "w3", "w4", "w5", "w6" ->
          day.with(TemporalAdjusters.previousOrSame(DayOfWeek.of(unit.charAt(1) - '0')));
      case "mon", "month" -> day.withDayOfMonth(1);
      case "q", "quarter" -> day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
      default -> day.withDayOfYear(1);
    };
  }
}
