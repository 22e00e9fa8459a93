package io.levee.engine.query.pipe;

import io.levee.engine.query.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A step of time that charts are drawn in: 15 minutes, 1 day, 1 month. Steps begin where a clock on
 * the wall of the zone says so.
 *
 * @param amount 1 or more
 */
public record Span(int amount, Unit unit) {
  /** What an amount is of. */
  public enum Unit {
    SECONDS("s", 1),
    MINUTES("m", 60),
    HOURS("h", 3_600),
    DAYS("d", 86_400),
    WEEKS("w", 604_800),
    MONTHS("mon", 2_629_746);

    private final String word;
    private final long seconds;

    Unit(String word, long seconds) {
      this.word = word;
      this.seconds = seconds;
    }
  }

  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,6})?([a-z]+)");
  private static final int EPOCH_MONDAY = 3;
  private static final List<Span> USUAL =
      List.of(
          new Span(1, Unit.SECONDS),
          new Span(5, Unit.SECONDS),
          new Span(10, Unit.SECONDS),
          new Span(30, Unit.SECONDS),
          new Span(1, Unit.MINUTES),
          new Span(5, Unit.MINUTES),
          new Span(10, Unit.MINUTES),
          new Span(30, Unit.MINUTES),
          new Span(1, Unit.HOURS),
          new Span(3, Unit.HOURS),
          new Span(12, Unit.HOURS),
          new Span(1, Unit.DAYS),
          new Span(1, Unit.WEEKS),
          new Span(1, Unit.MONTHS),
          new Span(12, Unit.MONTHS));

  /** What is written as {@code 5m}, {@code 1h}, {@code 1mon}; null when it is none or zero. */
  public static @Nullable Span parse(String text) {
    Matcher written = WRITTEN.matcher(text.toLowerCase(Locale.ROOT));
    if (!written.matches()) {
      return null;
    }
    int amount = written.group(1) == null ? 1 : Integer.parseInt(written.group(1));
    if (amount == 0) {
      return null;
    }
    return switch (written.group(2)) {
      case "s", "sec", "secs", "second", "seconds" -> new Span(amount, Unit.SECONDS);
      case "m", "min", "mins", "minute", "minutes" -> new Span(amount, Unit.MINUTES);
      case "h", "hr", "hrs", "hour", "hours" -> new Span(amount, Unit.HOURS);
      case "d", "day", "days" -> new Span(amount, Unit.DAYS);
      case "w", "week", "weeks" -> new Span(amount, Unit.WEEKS);
      case "mon", "month", "months" -> new Span(amount, Unit.MONTHS);
      case "q", "qtr", "quarter" -> new Span(3 * amount, Unit.MONTHS);
      case "y", "yr", "year", "years" -> new Span(12 * amount, Unit.MONTHS);
      default -> null;
    };
  }

  /** The shortest usual one of which at most so many cover a range. */
  public static Span covering(TimeRange range, int bins) {
    for (Span span : USUAL) {
      if (range.length().toSeconds() <= span.seconds() * bins) {
        return span;
      }
    }
    return USUAL.getLast();
  }

  /** How long it is, months as long as they are on average. */
  public long seconds() {
    return amount * unit.seconds;
  }

  /** The beginning of the step that a moment lies in. */
  public Instant floor(Instant time, ZoneId zone) {
    ZonedDateTime local = time.atZone(zone);
    return switch (unit) {
      case SECONDS, MINUTES, HOURS -> {
        long offset = local.getOffset().getTotalSeconds();
        long wall = time.getEpochSecond() + offset;
        yield Instant.ofEpochSecond(Math.floorDiv(wall, seconds()) * seconds() - offset);
      }
      case DAYS -> {
        long day = local.toLocalDate().toEpochDay();
        yield start(Math.floorDiv(day, amount) * amount, zone);
      }
      case WEEKS -> {
        long day = local.toLocalDate().toEpochDay() + EPOCH_MONDAY;
        yield start(Math.floorDiv(day, 7L * amount) * 7L * amount - EPOCH_MONDAY, zone);
      }
      case MONTHS -> {
        long month = local.getYear() * 12L + local.getMonthValue() - 1;
        long first = Math.floorDiv(month, amount) * amount;
        int year = Math.toIntExact(Math.floorDiv(first, 12));
        yield LocalDate.of(year, Math.floorMod(first, 12) + 1, 1).atStartOfDay(zone).toInstant();
      }
    };
  }

  private static Instant start(long epochDay, ZoneId zone) {
    return LocalDate.ofEpochDay(epochDay).atStartOfDay(zone).toInstant();
  }

  /** The beginning of the step behind the one that begins here. */
  public Instant next(Instant start, ZoneId zone) {
    Instant middle = start.plusSeconds(seconds() + seconds() / 2);
    Instant next = floor(middle, zone);
    // Where clocks are set back a step of hours comes twice.
    return next.isAfter(start) ? next : floor(middle.plus(Duration.ofHours(2)), zone);
  }

  /**
   * The beginnings of all steps that touch a range, in order; the first may lie before it.
   *
   * @return null when there are more than so many
   */
  public @Nullable List<Instant> starts(TimeRange range, ZoneId zone, int most) {
    if (range.length().toSeconds() / seconds() > most) {
      return null;
    }
    List<Instant> starts = new ArrayList<>();
    if (range.from().equals(range.to())) {
      return starts;
    }
    for (Instant at = floor(range.from(), zone); at.isBefore(range.to()); at = next(at, zone)) {
      starts.add(at);
    }
    return starts.size() > most ? null : starts;
  }

  @Override
  public String toString() {
    return amount + unit.word;
  }
}
