package io.levee.engine.query.pipe;

import io.levee.engine.query.eval.Value;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields {@code date_hour} and its kind: a moment's parts in a zone. */
public final class TimeParts {
  /** What each changes with, from the name to the span of one value. */
  private static final Map<String, String> UNITS =
      Map.of(
          "date_second", "1s",
          "date_minute", "1m",
          "date_hour", "1h",
          "date_mday", "1d",
          "date_wday", "1d",
          "date_month", "1d",
          "date_year", "1d",
          "date_zone", "1h");

  private TimeParts() {}

  /** Every name. */
  public static Iterable<String> names() {
    return new java.util.TreeSet<>(UNITS.keySet());
  }

  /** How long the part stays the same at least; null when the name is none of these. */
  static @Nullable Span unit(String name) {
    String unit = UNITS.get(name);
    return unit == null ? null : Span.parse(unit);
  }

  /** A part; nothing when the name is none of these. */
  public static Value part(String name, Instant time, ZoneId zone) {
    ZonedDateTime local = time.atZone(zone);
    return switch (name) {
      case "date_second" -> Value.number(local.getSecond());
      case "date_minute" -> Value.number(local.getMinute());
      case "date_hour" -> Value.number(local.getHour());
      case "date_mday" -> Value.number(local.getDayOfMonth());
      case "date_wday" ->
          Value.text(lower(local.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
      case "date_month" ->
          Value.text(lower(local.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
      case "date_year" -> Value.number(local.getYear());
      case "date_zone" -> Value.number(local.getOffset().getTotalSeconds() / 60.0);
      default -> Value.nothing();
    };
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
