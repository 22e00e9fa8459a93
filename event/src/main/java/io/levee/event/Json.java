package io.levee.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that we keep but do not model: contexts, extra, frame variables. Immutable; the
 * lists and maps given to the constructors are wrapped, not copied, so the giver must let go of
 * them.
 */
public sealed interface Json {
  /** A string. */
  record Text(String value) implements Json {}

  /**
   * A number, kept as it was written so that nothing of it is lost.
   *
   * @param literal a number in JSON's grammar (RFC 8259 section 6)
   */
  record Num(String literal) implements Json {
    /** The nearest double; infinite when the literal is larger than any. */
    public double asDouble() {
      return Double.parseDouble(literal);
    }
  }

  /** True or false. */
  record Bool(boolean value) implements Json {}

  /** JSON's null. */
  record Null() implements Json {
    static final Null INSTANCE = new Null();
  }

  /** An array, in order. */
  record Arr(List<Json> items) implements Json {
    public Arr {
      items = SharedList.is(items) ? items : Collections.unmodifiableList(items);
    }
  }

  /** An object, in the order in which its keys came; of a repeated key the last value. */
  record Obj(Map<String, Json> fields) implements Json {
    /** The object without fields. */
    public static final Obj EMPTY = new Obj(Map.of());

    public Obj {
      fields = Collections.unmodifiableMap(fields);
    }

    /** The field's value, or null when there is none; JSON's null is {@link Null}. */
    public @Nullable Json get(String key) {
      return fields.get(key);
    }

    /** The field as text, when it is a string, number or boolean; null otherwise. */
    public @Nullable String text(String key) {
      Json value = fields.get(key);
      return value == null ? null : value.scalarText();
    }

    /** The field when it is an object; an empty object otherwise. */
    public Obj object(String key) {
      return fields.get(key) instanceof Obj object ? object : EMPTY;
    }

    /** The items of the field when it is an array; none otherwise. */
    public List<Json> array(String key) {
      return fields.get(key) instanceof Arr array ? array.items() : List.of();
    }

    /** The same object with one field set. */
    public Obj with(String key, Json value) {
      Map<String, Json> copy = new LinkedHashMap<>(fields);
      copy.put(key, value);
      return new Obj(copy);
    }

    public boolean isEmpty() {
      return fields.isEmpty();
    }
  }

  /** A string's, number's or boolean's text; null for null, arrays and objects. */
  default @Nullable String scalarText() {
    return switch (this) {
      case Text text -> text.value();
      case Num number -> number.literal();
      case Bool bool -> Boolean.toString(bool.value());
      case Null ignored -> null;
      case Arr ignored -> null;
      case Obj ignored -> null;
    };
  }

  static Json text(String value) {
    return new Text(value);
  }

  static Json number(long value) {
    return new Num(Long.toString(value));
  }

  /**
   * A number.
   *
   * @throws IllegalArgumentException for NaN and infinities, which JSON has no word for
   */
  static Json number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("number: " + value + " (expected: finite)");
    }
    return new Num(Double.toString(value));
  }

  static Json bool(boolean value) {
    return new Bool(value);
  }

  static Json nothing() {
    return Null.INSTANCE;
  }

  /** An array of a copy of the items. */
  static Arr array(List<? extends Json> items) {
    return new Arr(new ArrayList<>(items));
  }

  /** An object with one field. */
  static Obj object(String key, Json value) {
    return new Obj(Map.of(key, value));
  }

  /** An object of a copy of the fields, in their order. */
  static Obj object(Map<String, ? extends Json> fields) {
    return new Obj(new LinkedHashMap<>(fields));
  }
}
