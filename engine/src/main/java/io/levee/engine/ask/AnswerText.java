package io.levee.engine.ask;

import io.levee.engine.query.eval.Value;
import io.levee.engine.query.pipe.Row;
import io.levee.event.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of an answer as they are written out. Pure. */
public final class AnswerText {
  private AnswerText() {}

  /** Whether a column holds moments, as seconds since the epoch. */
  public static boolean isTime(String column) {
    return column.equals("_time") || column.equals("time") || column.equals("_indextime");
  }

  /** The moment that a value of such a column means, to the microsecond; null when it is none. */
  public static @Nullable Instant time(String column, Value value) {
    if (!isTime(column) || !(value instanceof Value.Num(double seconds))) {
      return null;
    }
    double whole = Math.floor(seconds);
    return Instant.ofEpochSecond((long) whole, Math.round((seconds - whole) * 1e6) * 1000L);
  }

  /** A value as people read it: times in the zone. */
  public static String shown(String column, Value value, ZoneId zone) {
    Instant time = time(column, value);
    return time == null
        ? value.asText()
        : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atZone(zone));
  }

  /** A value as JSON. */
  public static Json json(Value value) {
    return switch (value) {
      case Value.Nothing ignored -> Json.nothing();
      case Value.Text text -> Json.text(text.value());
      case Value.Num number -> new Json.Num(Value.format(number.value()));
      case Value.Bool bool -> Json.bool(bool.value());
      case Value.Many many -> Json.array(many.values().stream().map(AnswerText::json).toList());
    };
  }

  /** A row as a JSON object of the fields that are there. */
  static Json.Obj object(Row row) {
    Map<String, Json> fields = new LinkedHashMap<>();
    row.names().forEach(name -> fields.put(name, json(row.get(name))));
    return new Json.Obj(fields);
  }
}
