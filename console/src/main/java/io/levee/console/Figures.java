package io.levee.console;

import java.util.Locale;

/** Numbers as pages show them. */
final class Figures {
  private static final long THOUSAND = 1000;
  private static final long EXACT_BELOW = 10_000;

  private Figures() {}

  /** With separators: 1,234,567. */
  static String exact(long number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  /** Four digits at most: 1,234 · 12.3k · 4.56M. */
  static String compact(long number) {
    if (number < EXACT_BELOW) {
      return exact(number);
    }
    String[] units = {"", "k", "M", "G", "T"};
    double value = number;
    int unit = 0;
    while (value >= THOUSAND && unit < units.length - 1) {
      value /= THOUSAND;
      unit++;
    }
    return decimals(value) + units[unit];
  }

  /** In binary units: 12.3 MiB. */
  static String bytes(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return (unit == 0 ? Long.toString(bytes) : decimals(value)) + " " + units[unit];
  }

  /** Per second, with as many decimals as make sense. */
  static String rate(double perSecond) {
    return perSecond >= 100
        ? exact(Math.round(perSecond))
        : perSecond == 0 ? "0" : decimals(perSecond);
  }

  /** A share of a whole: 42 %, below one per cent &lt;1 %. */
  static String percent(long part, long whole) {
    if (whole == 0 || part == 0) {
      return "0 %";
    }
    long percent = Math.round(100.0 * part / whole);
    return percent == 0 ? "<1 %" : percent + " %";
  }

  /** A word in its number: 1 event, 2 events. */
  static String count(long number, String word) {
    return exact(number) + " " + word + (number == 1 ? "" : "s");
  }

  /** For SVG attributes: a point, one decimal. */
  static String svg(double value) {
    long tenths = Math.round(value * 10);
    return tenths % 10 == 0 ? Long.toString(tenths / 10) : Double.toString(tenths / 10.0);
  }

  private static String decimals(double value) {
    return String.format(Locale.ENGLISH, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value)
        .replaceAll("(\\.\\d*?)0+$", "$1")
        .replaceAll("\\.$", "");
  }
}
