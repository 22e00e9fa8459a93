package io.levee.engine.query.eval;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a field of a row holds. Immutable. */
public sealed interface Value {
  /** Numbers by value before text, text without regard to case, then by code. */
  Comparator<Value> ORDER = Value::compare;

  /** The field isn't there. */
  record Nothing() implements Value {
    static final Nothing INSTANCE = new Nothing();
  }

  record Text(String value) implements Value {}

  /** A number; never NaN or infinite. */
  record Num(double value) implements Value {}

  record Bool(boolean value) implements Value {
    static final Bool TRUE = new Bool(true);
    static final Bool FALSE = new Bool(false);
  }

  /** Several values, in order; at least two. */
  record Many(List<Value> values) implements Value {
    public Many {
      values = List.copyOf(values);
    }
  }

  static Value nothing() {
    return Nothing.INSTANCE;
  }

  static Value text(String value) {
    return new Text(value);
  }

  /** A number; nothing when it is none. */
  static Value number(double value) {
    return Double.isFinite(value) ? new Num(value + 0.0) : nothing();
  }

  static Value bool(boolean value) {
    return value ? Bool.TRUE : Bool.FALSE;
  }

  /** As few as are there: nothing, one value, or several. Lists in the list are opened. */
  static Value many(List<Value> values) {
    List<Value> flat = new ArrayList<>();
    values.forEach(value -> flat.addAll(value.items()));
    return switch (flat.size()) {
      case 0 -> nothing();
      case 1 -> flat.getFirst();
      default -> new Many(flat);
    };
  }

  default boolean isNothing() {
    return this instanceof Nothing;
  }

  /** Each single value; none for nothing. */
  default List<Value> items() {
    return switch (this) {
      case Nothing ignored -> List.of();
      case Many many -> many.values();
      case Text text -> List.of(text);
      case Num number -> List.of(number);
      case Bool bool -> List.of(bool);
    };
  }

  /** As it is shown; several values stand in lines. */
  default String asText() {
    return switch (this) {
      case Nothing ignored -> "";
      case Text text -> text.value();
      case Num number -> format(number.value());
      case Bool bool -> bool.value() ? "true" : "false";
      case Many many -> String.join("\n", many.values().stream().map(Value::asText).toList());
    };
  }

  /** As a number; NaN when it is none. Text that is written as a number is one. */
  default double asNumber() {
    return switch (this) {
      case Num number -> number.value();
      case Text text -> io.levee.engine.query.Values.number(text.value().strip());
      case Bool bool -> bool.value() ? 1 : 0;
      case Nothing ignored -> Double.NaN;
      case Many ignored -> Double.NaN;
    };
  }

  /** Whether it counts as true: the boolean, or a number that is not zero. */
  default boolean isTrue() {
    return switch (this) {
      case Bool bool -> bool.value();
      case Num number -> number.value() != 0;
      case Text text -> text.value().equalsIgnoreCase("true");
      case Nothing ignored -> false;
      case Many ignored -> false;
    };
  }

  /** Whole numbers without a point, others as short as they can be told apart. */
  static String format(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    double rounded = new BigDecimal(value).round(new java.math.MathContext(15)).doubleValue();
    return BigDecimal.valueOf(rounded).stripTrailingZeros().toPlainString();
  }

  private static int compare(Value a, Value b) {
    double left = a.asNumber();
    double right = b.asNumber();
    boolean numeric = !Double.isNaN(left);
    if (numeric && !Double.isNaN(right)) {
      return Double.compare(left, right);
    }
    if (numeric != !Double.isNaN(right)) {
      return numeric ? -1 : 1;
    }
    String one = a.asText();
    String other = b.asText();
    return compareTexts(one, other);
  }

  /** The order of texts that are no numbers: without regard to case; of equal ones, with. */
  static int compareTexts(String one, String other) {
    int order = compareFolded(one, other);
    return order != 0 ? order : one.compareTo(other);
  }

  /** In lower case; without making it of texts that differ within their ASCII beginnings. */
  private static int compareFolded(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a > 127 || b > 127) {
        return one.toLowerCase(Locale.ROOT).compareTo(other.toLowerCase(Locale.ROOT));
      }
      int difference = a == b ? 0 : lower(a) - lower(b);
      if (difference != 0) {
        return difference;
      }
    }
    return one.length() - other.length();
  }

  private static int lower(char ascii) {
    return ascii >= 'A' && ascii <= 'Z' ? ascii + 32 : ascii;
  }
}
