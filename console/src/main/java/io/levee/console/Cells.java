package io.levee.console;

import io.levee.engine.ask.AnswerText;
import io.levee.engine.query.eval.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Locale;

/** The values of an answer in words. */
final class Cells {
  private static final int CHARS_MAX = 400;
  private static final double WHOLE_BELOW = 1e15;

  private Cells() {}

  /** With separators, and no more decimals than tell something. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    if (value == Math.rint(value) && Math.abs(value) < WHOLE_BELOW) {
      return Figures.exact((long) value);
    }
    double size = Math.abs(value);
    if (size >= 1000) {
      return Figures.exact(Math.round(value));
    }
    return size >= 1e-6
        ? BigDecimal.valueOf(value).round(new MathContext(4)).stripTrailingZeros().toPlainString()
        : String.format(Locale.ENGLISH, "%.2g", value);
  }

  /** The same with four digits at most: for axes. */
  static String compact(double value) {
    return Math.abs(value) >= 1000 ? Figures.compact(Math.round(value)) : number(value);
  }

  /** A value in a table; several stand in lines. */
  static String text(String column, Value value) {
    Instant time = AnswerText.time(column, value);
    if (time != null) {
      return TimeText.absolute(time);
    }
    String text = value instanceof Value.Num(double number) ? number(number) : value.asText();
    return text.length() > CHARS_MAX ? text.substring(0, CHARS_MAX) + " …" : text;
  }

  /** A value as a name; what is empty has one, too. */
  static String named(String value) {
    return value.isBlank() ? "(none)" : value;
  }
}
