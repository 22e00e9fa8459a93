package io.levee.app.demo;

import java.util.List;

/**
 * Something that goes wrong again and again.
 *
 * @param transaction the route or job during which it happens
 * @param rhythm when it happens
 * @param perWeek how often, roughly
 * @param chain what is thrown, the exception that surfaces first
 */
record Problem(String transaction, Rhythm rhythm, int perWeek, List<Thrown> chain) {
  /** When a problem happens. */
  enum Rhythm {
    /** With the traffic of the day. */
    STEADY,
    /** As steady, and twice as often from the bad release to its fix. */
    WORSENED,
    /** Only from the bad release to its fix. */
    BROKEN,
    /** Around 21:00, when the batch runs. */
    NIGHTLY,
    /** In one afternoon in the middle of the week, while a supplier was down. */
    OUTAGE,
    /** In short bursts at any hour, when somebody scans the site. */
    SCAN,
    /** For the first time in the last hours. */
    FRESH
  }

  /**
   * One exception.
   *
   * @param value its message, with placeholders in braces
   * @param calls the innermost first
   */
  record Thrown(String type, String value, List<Call> calls) {}

  /**
   * One call.
   *
   * @param place class (Java) or path of the file
   * @param source the line that was running; empty when unknown
   */
  record Call(
      boolean inApp,
      String place,
      String function,
      String file,
      int line,
      int column,
      String source) {}
}
