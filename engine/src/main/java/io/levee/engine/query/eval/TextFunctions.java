package io.levee.engine.query.eval;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Text. */
final class TextFunctions {
  private TextFunctions() {}

  static List<Function> all() {
    List<Function> all = new ArrayList<>();
    all.add(text("lower", "in lower case", "ERROR", s -> s.toLowerCase(Locale.ROOT)));
    all.add(text("upper", "in upper case", "error", s -> s.toUpperCase(Locale.ROOT)));
    all.add(
        text("urldecode", "with %xx and + as what they stand for", "a%20b", TextFunctions::url));
    all.add(
        new Function(
            "len",
            "len(text)",
            "how many characters",
            "len(\"four\")",
            1,
            1,
            a -> a.anyMissing() ? Value.nothing() : Value.number(a.text(0).length())));
    all.addAll(trims());
    all.addAll(parts());
    return all;
  }

  private static Function text(
      String name, String meaning, String example, UnaryOperator<String> body) {
    return new Function(
        name,
        name + "(text)",
        meaning,
        name + "(\"" + example + "\")",
        1,
        1,
        a ->
            Value.many(
                a.at(0).items().stream().map(v -> Value.text(body.apply(v.asText()))).toList()));
  }

  private static List<Function> trims() {
    return List.of(
        trim("trim", true, true, "without blanks, or these characters, at both ends"),
        trim("ltrim", true, false, "the same at the beginning"),
        trim("rtrim", false, true, "the same at the end"));
  }

  private static Function trim(String name, boolean left, boolean right, String meaning) {
    return new Function(
        name,
        name + "(text, [chars])",
        meaning,
        name + "(\"--a--\", \"-\")",
        1,
        2,
        a -> {
          if (a.anyMissing()) {
            return Value.nothing();
          }
          String chars = a.size() > 1 ? a.text(1) : " \t\r\n";
          String text = a.text(0);
          int from = 0;
          int to = text.length();
          while (left && from < to && chars.indexOf(text.charAt(from)) >= 0) {
            from++;
          }
          while (right && to > from && chars.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
          }
          return Value.text(text.substring(from, to));
        });
  }

  private static List<Function> parts() {
    return List.of(
        new Function(
            "substr",
            "substr(text, from, [length])",
            "a part; the first character is 1, a negative from counts from the end",
            "substr(\"checkout\", 1, 5)",
            2,
            3,
            TextFunctions::substr),
        new Function(
            "replace",
            "replace(text, regex, replacement)",
            "with every match replaced; \\1 is the first group",
            "replace(\"order 17\", \"\\d+\", \"N\")",
            3,
            3,
            TextFunctions::replace),
        new Function(
            "split",
            "split(text, separator)",
            "several values",
            "mvcount(split(\"a,b,c\", \",\"))",
            2,
            2,
            TextFunctions::split),
        new Function(
            "printf",
            "printf(format, x, …)",
            "with %s, %d and %.2f filled in",
            "printf(\"%.1f s\", 1.25)",
            1,
            20,
            TextFunctions::printf));
  }

  private static String url(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // A lonely % stays one.
    }
  }

  private static Value substr(Arguments a) {
    if (a.anyMissing()) {
      return Value.nothing();
    }
    String text = a.text(0);
    double from = a.number(1);
    double start = from < 0 ? Math.max(0, text.length() + from) : Math.max(0, from - 1);
    double length = a.number(2, text.length());
    if (Double.isNaN(start) || Double.isNaN(length) || length <= 0 || start >= text.length()) {
      return Value.text("");
    }
    int end = (int) Math.min(text.length(), start + length);
    return Value.text(text.substring((int) start, end));
  }

  private static Value replace(Arguments a) {
    if (a.anyMissing()) {
      return Value.nothing();
    }
    try {
      return Value.text(
          Patterns.regex(a.text(1)).matcher(a.text(0)).replaceAll(replacement(a.text(2))));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Value.nothing(); // A pattern that rows made, or a group that it does not have.
    }
  }

  /** Splunk's {@code \1} in the words of RE2. */
  static String replacement(String text) {
    return text.replace("$", "\\$").replaceAll("\\\\(\\d)", "\\$$1");
  }

  private static Value split(Arguments a) {
    if (a.anyMissing()) {
      return Value.nothing();
    }
    String separator = a.text(1);
    List<String> parts =
        separator.isEmpty()
            ? a.text(0).codePoints().mapToObj(Character::toString).toList()
            : Arrays.asList(a.text(0).split(java.util.regex.Pattern.quote(separator), -1));
    return Value.many(parts.stream().map(Value::text).toList());
  }

  private static Value printf(Arguments a) {
    Object[] values = new Object[a.size() - 1];
    for (int i = 1; i < a.size(); i++) {
      double number = a.number(i);
      boolean whole = number == Math.rint(number);
      values[i - 1] =
          Double.isNaN(number)
              ? a.text(i)
              : whole && integral(a.text(0)) ? (Object) (long) number : number;
    }
    try {
      return Value.text(String.format(Locale.ROOT, a.text(0), values));
    } catch (java.util.IllegalFormatException e) {
      return Value.nothing(); // A format that does not fit the values.
    }
  }

  private static boolean integral(String format) {
    return format.contains("%d") || format.contains("%x") || format.contains("%s");
  }
}
