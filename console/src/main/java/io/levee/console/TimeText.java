package io.levee.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A moment as pages show it.
 *
 * @param relative as people say it: 3 min ago
 * @param absolute to the second, UTC
 * @param iso for machines
 */
record TimeText(String relative, String absolute, String iso) {
  private static final DateTimeFormatter ABSOLUTE = formatter("yyyy-MM-dd HH:mm:ss 'UTC'");
  private static final DateTimeFormatter CLOCK = formatter("HH:mm");
  private static final DateTimeFormatter CLOCK_MILLIS = formatter("HH:mm:ss.SSS");
  private static final DateTimeFormatter DAY = formatter("d MMM");

  private static final long MINUTE = 60;
  private static final long HOUR = 3600;
  private static final long DAY_SECONDS = 86_400;

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  static TimeText of(Instant time, Instant now) {
    return new TimeText(relative(time, now), ABSOLUTE.format(time), time.toString());
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
    return ABSOLUTE.format(time);
  }

  /** Hour, minute, second and milliseconds, UTC. */
  static String clock(Instant time) {
    return CLOCK_MILLIS.format(time);
  }

  /** For an axis with a word every so often: the clock within a day, days otherwise. */
  static String axis(Instant time, Duration step) {
    boolean midnight = time.getEpochSecond() % DAY_SECONDS == 0;
    if (step.toSeconds() >= DAY_SECONDS || midnight) {
      return DAY.format(time);
    }
    return CLOCK.format(time);
  }
}
