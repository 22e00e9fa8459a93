package io.levee.console;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A moment as pages show it.
 *
 * @param relative as people say it: 3 min ago
 * @param absolute to the second, in the reader's zone
 * @param brief the same as short as a list needs it: 21 Nov 15:00, or with the year of another year
 * @param iso for machines
 */
record TimeText(String relative, String absolute, String brief, String iso) {
  private static final DateTimeFormatter ABSOLUTE = formatter("yyyy-MM-dd HH:mm:ss 'UTC'");
  private static final DateTimeFormatter ABSOLUTE_ELSEWHERE = formatter("yyyy-MM-dd HH:mm:ss xxx");
  private static final DateTimeFormatter BRIEF = formatter("d MMM HH:mm");
  private static final DateTimeFormatter BRIEF_YEAR = formatter("d MMM yyyy");
  private static final DateTimeFormatter CLOCK = formatter("HH:mm");
  private static final DateTimeFormatter CLOCK_MILLIS = formatter("HH:mm:ss.SSS");
  private static final DateTimeFormatter DAY = formatter("d MMM");

  private static final long MINUTE = 60;
  private static final long HOUR = 3600;
  private static final long DAY_SECONDS = 86_400;
  private static final long BRIEF_DAYS_MAX = 300;

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }

  private static String format(DateTimeFormatter formatter, Instant time) {
    return formatter.format(time.atZone(Reader.current().zone()));
  }

  static TimeText of(Instant time, Instant now) {
    boolean farAway = Math.abs(Duration.between(time, now).toDays()) > BRIEF_DAYS_MAX;
    return new TimeText(
        relative(time, now),
        absolute(time),
        format(farAway ? BRIEF_YEAR : BRIEF, time),
        time.toString());
  }

  /** As the reader likes it best. */
  String shown() {
    return Reader.current().absolute() ? brief : relative;
  }

  private static String relative(Instant time, Instant now) {
    long seconds = Duration.between(time, now).toSeconds();
    return seconds < 0 ? "in " + span(-seconds) : seconds < 5 ? "just now" : span(seconds) + " ago";
  }

  /** A length of time in its largest unit: 45 s, 3 min, 2 h, 5 d. */
  static String span(long seconds) {
    if (seconds < MINUTE) {
      return seconds + " s";
    }
    if (seconds < HOUR) {
      return seconds / MINUTE + " min";
    }
    if (seconds < 2 * DAY_SECONDS) {
      return seconds / HOUR + " h";
    }
    long days = seconds / DAY_SECONDS;
    return days < 60 ? days + " d" : days < 730 ? days / 30 + " mo" : days / 365 + " y";
  }

  /** A length of time with two units, for what has been going on: 3 d 4 h. */
  static String duration(Duration length) {
    long seconds = length.toSeconds();
    if (seconds < MINUTE) {
      return seconds + " s";
    }
    if (seconds < HOUR) {
      return seconds / MINUTE + " min " + seconds % MINUTE + " s";
    }
    if (seconds < DAY_SECONDS) {
      return seconds / HOUR + " h " + seconds % HOUR / MINUTE + " min";
    }
    return seconds / DAY_SECONDS + " d " + seconds % DAY_SECONDS / HOUR + " h";
  }

  static String absolute(Instant time) {
    return format(Reader.current().isUtc() ? ABSOLUTE : ABSOLUTE_ELSEWHERE, time);
  }

  /** Hour, minute, second and milliseconds, in the reader's zone. */
  static String clock(Instant time) {
    return format(CLOCK_MILLIS, time);
  }

  /** As short as a column's head: the clock, or the day at midnight. */
  static String clockOrDay(Instant time) {
    return axis(time, Duration.ofMinutes(1));
  }

  /** For an axis with a word every so often: the clock within a day, days otherwise. */
  static String axis(Instant time, Duration step) {
    boolean midnight =
        time.atZone(Reader.current().zone()).toLocalTime().equals(LocalTime.MIDNIGHT);
    return format(step.toSeconds() >= DAY_SECONDS || midnight ? DAY : CLOCK, time);
  }
}
