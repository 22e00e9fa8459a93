package io.levee.edge.api;

import io.levee.edge.net.HttpCall;
import io.levee.engine.query.TimeRange;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads the query parameters of a call. */
final class ApiParameters {
  /** A parameter that can't be read; its message says which, the value, and what was expected. */
  static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Wrong(String message) {
      super(message, null, false, false);
    }
  }

  private static final Duration RANGE_DEFAULT = Duration.ofDays(90);
  private static final Duration AHEAD = Duration.ofMinutes(10);
  private static final int DIGITS_MAX = 9;

  private final HttpCall call;
  private final Instant now;

  ApiParameters(HttpCall call, Instant now) {
    this.call = call;
    this.now = now;
  }

  /**
   * {@code from} and {@code to}: RFC 3339, {@code now}, or ago as in {@code -24h} (s, m, h, d, w).
   * Without: the last 90 days.
   */
  TimeRange range() {
    Instant to = time("to", now.plus(AHEAD));
    Instant from = time("from", now.minus(RANGE_DEFAULT));
    if (to.isBefore(from)) {
      throw new Wrong("from: " + from + " is after to: " + to + " (expected: from before to)");
    }
    return new TimeRange(from, to);
  }

  /** When the call came. */
  Instant now() {
    return now;
  }

  /** Everything that can be kept. */
  TimeRange allTime() {
    return new TimeRange(Instant.EPOCH, now.plus(AHEAD));
  }

  private Instant time(String name, Instant otherwise) {
    String text = call.query(name);
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    if ("now".equals(text)) {
      return now;
    }
    try {
      return text.startsWith("-")
          ? now.minus(duration(name, text.substring(1)))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException | ArithmeticException e) {
      throw new Wrong(name + ": \"" + text + "\" (expected: RFC 3339, now, or ago as in -24h)");
    }
  }

  /** A length of time as in {@code 30s, 5m, 24h, 7d, 2w}; null when the parameter is absent. */
  @Nullable Duration duration(String name) {
    String text = call.query(name);
    return text == null || text.isBlank() ? null : duration(name, text);
  }

  private static Duration duration(String name, String text) {
    String number = text.substring(0, Math.max(0, text.length() - 1));
    boolean digits =
        !number.isEmpty()
            && number.length() <= DIGITS_MAX
            && number.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits) {
      throw new Wrong(
          name + ": \"" + text + "\" (expected: a number and s, m, h, d or w, as in 24h)");
    }
    long amount = Long.parseLong(number);
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(amount);
      case 'm' -> Duration.ofMinutes(amount);
      case 'h' -> Duration.ofHours(amount);
      case 'd' -> Duration.ofDays(amount);
      case 'w' -> Duration.ofDays(Math.multiplyExact(amount, 7L));
      default ->
          throw new Wrong(
              name + ": \"" + text + "\" (expected: a number and s, m, h, d or w, as in 24h)");
    };
  }

  /** A whole number between bounds. */
  int number(String name, int otherwise, int least, int most) {
    String text = call.query(name);
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new Wrong(name + ": \"" + text + "\" (expected: " + least + ".." + most + ")");
    }
    throw new Wrong(name + ": " + text + " (expected: " + least + ".." + most + ")");
  }

  /** The text of a parameter; empty when it is absent. */
  String text(String name) {
    String text = call.query(name);
    return text == null ? "" : text;
  }

  /** The text of a parameter; null when it is absent or blank. */
  @Nullable String textOrNull(String name) {
    String text = call.query(name);
    return text == null || text.isBlank() ? null : text;
  }
}
