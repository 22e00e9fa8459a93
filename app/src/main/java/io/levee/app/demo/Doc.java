package io.levee.app.demo;

import io.levee.event.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON documents down in one expression. */
final class Doc {
  private Doc() {}

  /**
   * An object.
   *
   * @param namesAndValues names, each followed by its value: text, number, boolean, JSON, a list of
   *     JSON, or null for a field that is not there
   */
  static Json.Obj of(@Nullable Object... namesAndValues) {
    Map<String, Json> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value != null) {
        fields.put(String.valueOf(namesAndValues[i]), json(value));
      }
    }
    return new Json.Obj(fields);
  }

  private static Json json(Object value) {
    return switch (value) {
      case Json json -> json;
      case String text -> Json.text(text);
      case Integer number -> Json.number(number);
      case Long number -> Json.number(number);
      case Double number -> Json.number(number);
      case Boolean bool -> Json.bool(bool);
      case List<?> items -> Json.array(items.stream().map(Doc::json).toList());
      default -> throw new IllegalArgumentException("value: " + value + " (expected: JSON)");
    };
  }

  /** Seconds since 1970 with three decimals, as the JavaScript clients write time. */
  static Json seconds(Instant time) {
    long millis = time.toEpochMilli();
    return new Json.Num(String.format(Locale.ROOT, "%d.%03d", millis / 1000, millis % 1000));
  }
}
