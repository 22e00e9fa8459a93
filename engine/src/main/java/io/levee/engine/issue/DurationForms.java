package io.levee.engine.issue;

import java.util.List;

/** Units of time after a number: {@code 12ms}, {@code 1h30m}, {@code 5 seconds}. */
final class DurationForms {
  /** Longer ones first, so that the first match is the whole. */
  private static final List<String> GLUED =
      List.of(
          "ms", "ns", "us", "µs", "μs", "sec", "secs", "min", "mins", "hrs", "h", "m", "s", "d");

  private static final List<String> SPACED =
      List.of(
          "ms",
          "ns",
          "µs",
          "s",
          "sec",
          "secs",
          "second",
          "seconds",
          "millis",
          "milliseconds",
          "minute",
          "minutes",
          "min",
          "mins",
          "hour",
          "hours");

  private static final int PARTS_MAX = 6;

  private DurationForms() {}

  /**
   * The end of the duration whose first number ends here.
   *
   * @return -1 when no unit follows
   */
  static int end(String text, int numberEnd) {
    int end = unitEnd(text, numberEnd, GLUED);
    if (end < 0) {
      return TextScan.is(text, numberEnd, ' ') ? wholeUnitEnd(text, numberEnd + 1, SPACED) : -1;
    }
    for (int part = 0; part < PARTS_MAX && end < text.length(); part++) {
      int digits = TextScan.digitsEnd(text, end);
      digits =
          digits > end && TextScan.fractionFollows(text, digits)
              ? TextScan.digitsEnd(text, digits + 1)
              : digits;
      int next = digits > end ? unitEnd(text, digits, GLUED) : -1;
      if (next < 0) {
        break;
      }
      end = next;
    }
    return TextScan.endsWord(text, end) ? end : -1;
  }

  /** The unit's end, when a word or the next number ends it. */
  private static int unitEnd(String text, int at, List<String> units) {
    for (String unit : units) {
      int end = at + unit.length();
      if (text.startsWith(unit, at)
          && (TextScan.endsWord(text, end) || TextScan.isDigit(text.charAt(end)))) {
        return end;
      }
    }
    return -1;
  }

  private static int wholeUnitEnd(String text, int at, List<String> units) {
    for (String unit : units) {
      if (text.startsWith(unit, at) && TextScan.endsWord(text, at + unit.length())) {
        return at + unit.length();
      }
    }
    return -1;
  }
}
