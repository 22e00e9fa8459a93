package io.levee.console;

import java.util.List;
import java.util.stream.IntStream;

/** The order of the hours, days and months, which is not that of their letters. */
final class Clockwork {
  private Clockwork() {}

  /** All values that a part of time can have, in order; empty for other fields. */
  static List<String> of(String field) {
    return switch (field) {
      case "date_hour" -> IntStream.range(0, 24).mapToObj(Integer::toString).toList();
      case "date_wday" ->
          List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
      case "date_month" ->
          List.of(
              "january",
              "february",
              "march",
              "april",
              "may",
              "june",
              "july",
              "august",
              "september",
              "october",
              "november",
              "december");
      default -> List.of();
    };
  }
}
