package io.levee.engine.work;

import java.time.Instant;

/** How long an issue stays ignored. What is counted is counted from the moment of ignoring. */
public sealed interface Until {
  /** The longest stretch that a rate is measured over: a week. */
  int HOURS_MAX = 168;

  /** Until somebody changes that. */
  record Forever() implements Until {}

  /** Until a moment; then it is unresolved again, whether events come or not. */
  record Time(Instant at) implements Until {}

  /**
   * Until so many more events came, weights added.
   *
   * @param more at least 1
   */
  record Events(long more) implements Until {
    public Events {
      requirePositive("events", more);
    }
  }

  /**
   * Until so many events came within so many hours of the clock: the current hour and those right
   * before it.
   *
   * @param events at least 1
   * @param hours 1..{@link #HOURS_MAX}
   */
  record Rate(long events, int hours) implements Until {
    public Rate {
      requirePositive("events", events);
      if (hours < 1 || hours > HOURS_MAX) {
        throw new IllegalArgumentException("hours: " + hours + " (expected: 1.." + HOURS_MAX + ")");
      }
    }
  }

  /**
   * Until so many more users were hit.
   *
   * @param more at least 1
   */
  record Users(long more) implements Until {
    public Users {
      requirePositive("users", more);
    }
  }

  /** In words, as they follow "ignored". */
  default String words() {
    return switch (this) {
      case Forever ignored -> "until somebody changes that";
      case Time(Instant at) -> "until " + at;
      case Events(long more) -> "until " + more + " more events";
      case Rate(long events, int hours) ->
          "until " + events + " events within " + hours + (hours == 1 ? " hour" : " hours");
      case Users(long more) -> "until " + more + " more users are hit";
    };
  }

  private static void requirePositive(String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + ": " + value + " (expected: at least 1)");
    }
  }
}
