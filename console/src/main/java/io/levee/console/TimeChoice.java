package io.levee.console;

import io.levee.engine.query.TimeRange;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stretch of time that a page is about: one of the usual lengths up to now, or exact bounds.
 *
 * @param name of a usual length, as in {@code 24h}; empty for exact bounds
 */
record TimeChoice(String name, TimeRange range) {
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
  private static final Map<String, Duration> USUAL = new LinkedHashMap<>();

  static {
    USUAL.put("1h", Duration.ofHours(1));
    USUAL.put("6h", Duration.ofHours(6));
    USUAL.put("24h", Duration.ofHours(24));
    USUAL.put("3d", Duration.ofDays(3));
    USUAL.put("7d", Duration.ofDays(7));
    USUAL.put("14d", Duration.ofDays(14));
    USUAL.put("30d", Duration.ofDays(30));
    USUAL.put("90d", Duration.ofDays(90));
  }

  /**
   * Reads {@code from} and {@code to}, or else {@code range}; what can't be read counts as absent.
   */
  static TimeChoice of(PageRequest request, Instant now, String standard) {
    Instant from = instant(request.param("from"));
    Instant to = instant(request.param("to"));
    if (from != null && (to == null || from.isBefore(to))) {
      return new TimeChoice("", new TimeRange(from, to == null ? latest(now, from) : to));
    }
    String name = request.param("range");
    return usual(name != null && USUAL.containsKey(name) ? name : standard, now);
  }

  private static Instant latest(Instant now, Instant from) {
    return now.isBefore(from) ? from : now;
  }

  /** A usual length up to now and the second in progress. */
  static TimeChoice usual(String name, Instant now) {
    Duration length = USUAL.get(name);
    if (length == null) {
      throw new IllegalArgumentException("time range: " + name + " (expected: " + USUAL + ")");
    }
    return new TimeChoice(name, TimeRange.before(now.plusSeconds(1), length));
  }

  /** The usual lengths with their words, in order. */
  static Map<String, String> choices() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("1h", "Last hour");
    words.put("6h", "Last 6 hours");
    words.put("24h", "Last 24 hours");
    words.put("3d", "Last 3 days");
    words.put("7d", "Last 7 days");
    words.put("14d", "Last 14 days");
    words.put("30d", "Last 30 days");
    words.put("90d", "Last 90 days");
    return words;
  }

  boolean isExact() {
    return name.isEmpty();
  }

  /** Epoch milliseconds or ISO 8601, within the years that events can have. */
  private static @Nullable Instant instant(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      Instant time =
          text.matches("\\d{1,15}")
              ? Instant.ofEpochMilli(Long.parseLong(text))
              : Instant.parse(text);
      return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
    } catch (DateTimeException e) {
      return null; // Somebody's typing error; the page shows the standard range.
    }
  }

  /** A width that gives about as many buckets as wanted, from those that people can read. */
  Duration bucket(int wanted) {
    long idealMillis = Math.max(1, range.length().toMillis() / wanted);
    for (long seconds : WIDTHS_SECONDS) {
      if (seconds * 1000 >= idealMillis) {
        return Duration.ofSeconds(seconds);
      }
    }
    return Duration.ofDays(Math.max(7, idealMillis / 86_400_000));
  }

  private static final long[] WIDTHS_SECONDS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 14_400, 21_600, 43_200,
    86_400, 172_800, 604_800
  };
}
