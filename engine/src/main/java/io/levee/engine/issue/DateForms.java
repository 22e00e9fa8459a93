package io.levee.engine.issue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times as programs print them: ISO 8601 whole and basic, RFC 1123, {@code ctime},
 * syslog, with slashes or dots, and times alone.
 */
final class DateForms {
  private static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December",
          "Jan",
          "Feb",
          "Mar",
          "Apr",
          "May",
          "Jun",
          "Jul",
          "Aug",
          "Sept",
          "Sep",
          "Oct",
          "Nov",
          "Dec");
  private static final List<String> DAYS =
      List.of(
          "Monday",
          "Tuesday",
          "Wednesday",
          "Thursday",
          "Friday",
          "Saturday",
          "Sunday",
          "Mon",
          "Tue",
          "Wed",
          "Thu",
          "Fri",
          "Sat",
          "Sun");
  private static final List<String> ZONES = List.of("Z", "UTC", "GMT", "CET", "CEST", "EST", "PST");

  private DateForms() {}

  /**
   * The end of the date or time that starts here.
   *
   * @return -1 when there is none
   */
  static int end(String text, int at) {
    char c = text.charAt(at);
    if (TextScan.isDigit(c)) {
      return numeric(text, at);
    }
    return c >= 'A' && c <= 'Z' ? named(text, at) : -1;
  }

  private static int numeric(String text, int at) {
    int end = basicIso(text, at);
    end = end > 0 ? end : date(text, at);
    if (end > 0) {
      return withTime(text, end);
    }
    end = dayMonthYear(text, at);
    if (end > 0) {
      return withTime(text, end);
    }
    end = time(text, at);
    return end > 0 && TextScan.endsWord(text, end) ? end : -1;
  }

  /** {@code 20240131T235959Z}. */
  private static int basicIso(String text, int at) {
    boolean found =
        TextScan.digitCount(text, at, 9) == 8
            && TextScan.is(text, at + 8, 'T')
            && TextScan.digitCount(text, at + 9, 7) == 6;
    if (!found) {
      return -1;
    }
    int end = TextScan.is(text, at + 15, 'Z') ? at + 16 : at + 15;
    return TextScan.endsWord(text, end) ? end : -1;
  }

  /** {@code 2024-01-31}, {@code 2024/01/31}, {@code 31.01.2024}, {@code 1/31/2024}. */
  private static int date(String text, int at) {
    int first = TextScan.digitCount(text, at, 5);
    if (first == 0 || first == 3 || first > 4 || at + first >= text.length()) {
      return -1;
    }
    char separator = text.charAt(at + first);
    if (separator != '-' && separator != '/' && separator != '.') {
      return -1;
    }
    int second = at + first + 1;
    int secondDigits = TextScan.digitCount(text, second, 3);
    if (secondDigits == 0
        || secondDigits > 2
        || !TextScan.is(text, second + secondDigits, separator)) {
      return -1;
    }
    int third = second + secondDigits + 1;
    int thirdDigits = TextScan.digitCount(text, third, 5);
    boolean yearFirst = first == 4 && thirdDigits >= 1 && thirdDigits <= 2;
    boolean yearLast = first <= 2 && thirdDigits == 4;
    return yearFirst || yearLast ? third + thirdDigits : -1;
  }

  /** {@code 31 Jan 2024}, {@code 31/Jan/2024:23:59:59}, {@code 31-Jan-2024}. */
  private static int dayMonthYear(String text, int at) {
    int day = TextScan.digitCount(text, at, 3);
    if (day > 2 || at + day >= text.length() || " /-".indexOf(text.charAt(at + day)) < 0) {
      return -1;
    }
    String month = startingWith(text, at + day + 1, MONTHS);
    if (month == null) {
      return -1;
    }
    int year = at + day + 1 + month.length() + 1;
    return TextScan.digitCount(text, year, 5) == 4 ? year + 4 : -1;
  }

  /** Weekday or month first: RFC 1123, ctime, syslog, {@code January 31, 2024}. */
  private static int named(String text, int at) {
    String day = startingWith(text, at, DAYS);
    if (day != null) {
      int next = at + day.length() + (TextScan.is(text, at + day.length(), ',') ? 1 : 0);
      next = blankEnd(text, next);
      if (next < 0 || next >= text.length()) {
        return -1;
      }
      return TextScan.isDigit(text.charAt(next)) ? numericDate(text, next) : monthFirst(text, next);
    }
    return monthFirst(text, at);
  }

  private static int numericDate(String text, int at) {
    int end = dayMonthYear(text, at);
    end = end > 0 ? end : date(text, at);
    return end > 0 ? withTime(text, end) : -1;
  }

  private static int monthFirst(String text, int at) {
    String month = startingWith(text, at, MONTHS);
    int day = month == null ? -1 : blankEnd(text, at + month.length());
    int dayDigits = day < 0 ? 0 : TextScan.digitCount(text, day, 3);
    if (dayDigits == 0 || dayDigits > 2) {
      return -1;
    }
    int end = day + dayDigits;
    int year = TextScan.is(text, end, ',') ? blankEnd(text, end + 1) : blankEnd(text, end);
    if (year > 0 && TextScan.digitCount(text, year, 5) == 4) {
      return withTime(text, year + 4);
    }
    int withTime = withTime(text, end);
    // ctime: the year comes last.
    int late = withTime > end ? blankEnd(text, withTime) : -1;
    return late > 0 && TextScan.digitCount(text, late, 5) == 4 ? late + 4 : withTime;
  }

  private static int blankEnd(String text, int at) {
    int end = at;
    while (TextScan.is(text, end, ' ') && end - at < 2) {
      end++;
    }
    return end == at ? -1 : end;
  }

  /** A date's end, or that of the time and zone after it. */
  private static int withTime(String text, int dateEnd) {
    boolean joined =
        TextScan.is(text, dateEnd, 'T')
            || TextScan.is(text, dateEnd, ' ')
            || TextScan.is(text, dateEnd, ':')
            || TextScan.is(text, dateEnd, '_');
    int end = joined ? time(text, dateEnd + 1) : -1;
    return end > 0 ? end : dateEnd;
  }

  /** {@code 23:59}, {@code 23:59:59.123}, with a zone after it. */
  private static int time(String text, int at) {
    int hours = TextScan.digitCount(text, at, 3);
    if (hours == 0 || hours > 2 || !twoDigits(text, at + hours)) {
      return -1;
    }
    int end = at + hours + 3;
    if (!twoDigits(text, end)) {
      return hours == 2 ? zone(text, end) : -1;
    }
    end += 3;
    boolean fraction =
        (TextScan.is(text, end, '.') || TextScan.is(text, end, ','))
            && TextScan.digitCount(text, end + 1, 1) == 1;
    return zone(text, fraction ? TextScan.digitsEnd(text, end + 1) : end);
  }

  private static boolean twoDigits(String text, int at) {
    return TextScan.is(text, at, ':') && TextScan.digitCount(text, at + 1, 3) == 2;
  }

  private static int zone(String text, int at) {
    int from = TextScan.is(text, at, ' ') ? at + 1 : at;
    String zone = startingWith(text, from, ZONES);
    if (zone != null) {
      return from + zone.length();
    }
    boolean sign = TextScan.is(text, from, '+') || TextScan.is(text, from, '-');
    if (sign && TextScan.digitCount(text, from + 1, 5) == 4) {
      return from + 5;
    }
    boolean colon =
        sign && TextScan.digitCount(text, from + 1, 3) == 2 && twoDigits(text, from + 3);
    return colon ? from + 6 : at;
  }

  private static @Nullable String startingWith(String text, int at, List<String> words) {
    for (String word : words) {
      if (text.startsWith(word, at) && TextScan.endsWord(text, at + word.length())) {
        return word;
      }
    }
    return null;
  }
}
