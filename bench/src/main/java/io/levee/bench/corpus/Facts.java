package io.levee.bench.corpus;

import java.util.Locale;

/**
 * What an event is made of, as numbers: its values are in {@link Words}.
 *
 * @param millis how long it says that something took, 1 to {@link #MILLIS_MAX}
 * @param customer one of a million
 * @param rare which rare word it holds, or {@link #NONE}
 * @param dice random bits for what nobody asks about
 * @param more more of them
 */
public record Facts(
    long number,
    long epochMillis,
    Kind kind,
    Severity level,
    int host,
    int environment,
    int release,
    int logger,
    int phrase,
    int millis,
    int customer,
    int rare,
    long dice,
    long more) {
  /** Different values of the tag {@code customer}, when there are events enough. */
  public static final int CUSTOMERS = 1_000_000;

  public static final int MILLIS_MAX = 2_000;
  public static final int NONE = -1;

  /** What sort of event. */
  public enum Kind {
    ERROR,
    LOG,
    TRANSACTION;

    /** As it is written. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How bad. */
  public enum Severity {
    DEBUG(0),
    INFO(1),
    WARNING(2),
    ERROR(3),
    FATAL(4);

    private final int place;

    Severity(int place) {
      this.place = place;
    }

    /** Where its count is among those of all. */
    public int place() {
      return place;
    }

    /** As it is written. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
