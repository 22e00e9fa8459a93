package io.levee.engine.query.eval;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** The formats of strftime(3), as far as people use them. */
public final class TimeFormat {
  private TimeFormat() {}

  /** A moment in words. */
  public static String write(Instant time, String format, ZoneId zone) {
    ZonedDateTime local = time.atZone(zone);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        out.append(c);
        continue;
      }
      char code = format.charAt(++i);
      if (Character.isDigit(code) && i + 1 < format.length()) {
        out.append(fraction(local, code - '0'));
        i++;
      } else {
        out.append(part(local, code));
      }
    }
    return out.toString();
  }

  private static String fraction(ZonedDateTime time, int digits) {
    return String.format(Locale.ROOT, "%09d", time.getNano())
        .substring(0, Math.clamp(digits, 1, 9));
  }

  private static String part(ZonedDateTime time, char code) {
    return switch (code) {
      case 's' -> Long.toString(time.toEpochSecond());
      case 'N' -> fraction(time, 9);
      case 'Q' -> fraction(time, 3);
      case '%' -> "%";
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'w' -> Integer.toString(time.getDayOfWeek().getValue() % 7);
      default -> {
        String pattern = pattern(code);
        yield pattern == null
            ? "%" + code
            : DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
      }
    };
  }

  private static @org.jspecify.annotations.Nullable String pattern(char code) {
    return switch (code) {
      case 'Y' -> "uuuu";
      case 'y' -> "uu";
      case 'm' -> "MM";
      case 'd' -> "dd";
      case 'e' -> "d";
      case 'H' -> "HH";
      case 'I' -> "hh";
      case 'M' -> "mm";
      case 'S' -> "ss";
      case 'f' -> "SSSSSS";
      case 'p' -> "a";
      case 'b', 'h' -> "MMM";
      case 'B' -> "MMMM";
      case 'a' -> "EEE";
      case 'A' -> "EEEE";
      case 'j' -> "DDD";
      case 'V' -> "ww";
      case 'z' -> "xx";
      case 'Z' -> "zzz";
      case 'F' -> "uuuu-MM-dd";
      case 'T' -> "HH:mm:ss";
      case 'R' -> "HH:mm";
      case 'D' -> "MM/dd/uu";
      default -> null;
    };
  }

  /** The moment that words say; nothing when they don't fit the format. */
  public static Value read(String text, String format, ZoneId zone) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        builder.appendLiteral(c);
        continue;
      }
      char code = format.charAt(++i);
      if (Character.isDigit(code)) {
        i++;
        builder.appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, false);
      } else {
        append(builder, code);
      }
    }
    try {
      return moment(builder.toFormatter(Locale.ENGLISH).parse(text.strip()), zone);
    } catch (DateTimeException e) {
      return Value.nothing(); // Words that don't fit.
    }
  }

  private static void append(DateTimeFormatterBuilder builder, char code) {
    switch (code) {
      case 's' -> builder.appendValue(ChronoField.INSTANT_SECONDS);
      case 'N', 'f', 'Q' -> builder.appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, false);
      case 'z' ->
          builder
              .optionalStart()
              .appendOffset("+HH:MM", "Z")
              .optionalEnd()
              .optionalStart()
              .appendOffset("+HHMM", "Z")
              .optionalEnd();
      case 'Z' -> builder.appendZoneText(TextStyle.SHORT);
      case 'y' -> builder.appendValueReduced(ChronoField.YEAR, 2, 2, 1970);
      default -> {
        String pattern = pattern(code);
        if (pattern == null) {
          builder.appendLiteral(code);
        } else {
          builder.appendPattern(pattern);
        }
      }
    }
  }

  private static Value moment(TemporalAccessor parsed, ZoneId zone) {
    if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
      return Value.number((double) parsed.getLong(ChronoField.INSTANT_SECONDS));
    }
    LocalDate day =
        LocalDate.of(
            get(parsed, ChronoField.YEAR, 1970),
            get(parsed, ChronoField.MONTH_OF_YEAR, 1),
            get(parsed, ChronoField.DAY_OF_MONTH, 1));
    long nanos =
        parsed.isSupported(ChronoField.NANO_OF_DAY)
            ? parsed.getLong(ChronoField.NANO_OF_DAY)
            : get(parsed, ChronoField.HOUR_OF_DAY, 0) * 3_600_000_000_000L;
    ZoneId meant =
        parsed.isSupported(ChronoField.OFFSET_SECONDS)
            ? ZoneOffset.ofTotalSeconds(parsed.get(ChronoField.OFFSET_SECONDS))
            : zone;
    return TimeFunctions.seconds(day.atStartOfDay().plusNanos(nanos).atZone(meant).toInstant());
  }

  private static int get(TemporalAccessor parsed, ChronoField field, int otherwise) {
    return parsed.isSupported(field) ? parsed.get(field) : otherwise;
  }
}
