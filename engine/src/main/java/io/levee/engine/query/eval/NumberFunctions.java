package io.levee.engine.query.eval;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** Numbers. */
final class NumberFunctions {
  private static final int MANY = 500;

  private NumberFunctions() {}

  static List<Function> all() {
    List<Function> all = new ArrayList<>();
    all.add(number("abs", "without its sign", "-3", Math::abs));
    all.add(number("ceil", "the next whole number above", "1.2", Math::ceil));
    all.add(number("floor", "the next whole number below", "1.8", Math::floor));
    all.add(number("sqrt", "square root", "9", Math::sqrt));
    all.add(number("exp", "e to the power of x", "0", Math::exp));
    all.add(number("ln", "natural logarithm", "1", Math::log));
    all.add(
        new Function(
            "log",
            "log(x, [base])",
            "logarithm; the base is 10 unless it is given",
            "log(1000)",
            1,
            2,
            a ->
                a.size() == 1
                    ? Value.number(Math.log10(a.number(0)))
                    : Value.number(Math.log(a.number(0)) / Math.log(a.number(1)))));
    all.add(
        new Function(
            "pow",
            "pow(x, y)",
            "x to the power of y",
            "pow(2, 10)",
            2,
            2,
            a -> Value.number(Math.pow(a.number(0), a.number(1)))));
    all.add(
        new Function(
            "round",
            "round(x, [places])",
            "rounded, half up",
            "round(2.567, 1)",
            1,
            2,
            a -> round(a.number(0), a.number(1, 0))));
    all.add(
        new Function("pi", "pi()", "3.14159…", "round(pi(), 2)", 0, 0, a -> Value.number(Math.PI)));
    all.addAll(extremes());
    all.addAll(conversions());
    return all;
  }

  private static Function number(
      String name, String meaning, String example, DoubleUnaryOperator body) {
    return new Function(
        name,
        name + "(x)",
        meaning,
        name + "(" + example + ")",
        1,
        1,
        a -> Value.number(body.applyAsDouble(a.number(0))));
  }

  private static List<Function> extremes() {
    return List.of(
        new Function(
            "min", "min(x, …)", "the least of these", "min(3, 1, 2)", 1, MANY, a -> least(a)),
        new Function(
            "max", "max(x, …)", "the greatest of these", "max(3, 1, 2)", 1, MANY, a -> most(a)));
  }

  private static Value least(Arguments a) {
    return Value.many(a.all()).items().stream().min(Value.ORDER).orElse(Value.nothing());
  }

  private static Value most(Arguments a) {
    return Value.many(a.all()).items().stream().max(Value.ORDER).orElse(Value.nothing());
  }

  private static List<Function> conversions() {
    return List.of(
        new Function(
            "tonumber",
            "tonumber(text, [base])",
            "the number that a text is",
            "tonumber(\"ff\", 16)",
            1,
            2,
            NumberFunctions::toNumber),
        new Function(
            "tostring",
            "tostring(x, [\"hex\" | \"commas\" | \"duration\"])",
            "as text",
            "tostring(4000, \"duration\")",
            1,
            2,
            NumberFunctions::toText));
  }

  static Value round(double value, double places) {
    if (!Double.isFinite(value) || !Double.isFinite(places)) {
      return Value.nothing();
    }
    int digits = (int) Math.clamp(places, 0, 15);
    return Value.number(
        BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).doubleValue());
  }

  private static Value toNumber(Arguments a) {
    double base = a.number(1, 10);
    if (base == 10) {
      return Value.number(a.number(0));
    }
    try {
      return Value.number((double) Long.parseLong(a.text(0).strip(), (int) base));
    } catch (NumberFormatException e) {
      return Value.nothing(); // Not a number of that base.
    }
  }

  private static Value toText(Arguments a) {
    Value value = a.at(0);
    if (value.isNothing()) {
      return Value.nothing();
    }
    double number = value.asNumber();
    if (a.size() == 1 || Double.isNaN(number)) {
      return Value.text(value.asText());
    }
    return switch (a.text(1)) {
      case "hex" -> Value.text("0x" + Long.toHexString((long) number).toUpperCase(Locale.ROOT));
      case "commas" -> Value.text(commas(number));
      case "duration" -> Value.text(duration((long) number));
      default -> Value.text(value.asText());
    };
  }

  private static String commas(double number) {
    return number == Math.rint(number)
        ? String.format(Locale.ROOT, "%,d", (long) number)
        : String.format(Locale.ROOT, "%,.2f", number);
  }

  private static String duration(long seconds) {
    long days = seconds / 86_400;
    String clock =
        String.format(
            Locale.ROOT, "%02d:%02d:%02d", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    return days == 0 ? clock : days + "+" + clock;
  }
}
