package io.levee.engine.query.eval;

import io.levee.event.Json;
import io.levee.event.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds values in JSON by paths as {@code spath} takes them. */
public final class JsonPath {
  private static final int LEAVES_MAX = 1_000;

  private JsonPath() {}

  /** What lies at a path; nothing when it is no JSON or has no such place. */
  public static Value extract(String json, String path) {
    JsonText.Parsed parsed = CodeFunctions.reader().parse(json.getBytes(StandardCharsets.UTF_8));
    if (!(parsed instanceof JsonText.Value(Json root))) {
      return Value.nothing();
    }
    List<Json> places = List.of(root);
    for (String step : path.split("\\.", -1)) {
      places = follow(places, step);
    }
    return Value.many(places.stream().map(JsonPath::value).toList());
  }

  private static List<Json> follow(List<Json> places, String step) {
    int brace = step.indexOf('{');
    String key = brace < 0 ? step : step.substring(0, brace);
    String index = brace < 0 ? "none" : step.substring(brace + 1).replace("}", "");
    List<Json> found = new ArrayList<>();
    for (Json place : places) {
      Json next = key.isEmpty() ? place : place instanceof Json.Obj object ? object.get(key) : null;
      if (next instanceof Json.Arr array && brace >= 0) {
        double at = io.levee.engine.query.Values.number(index);
        if (index.isEmpty()) {
          found.addAll(array.items());
        } else if (at >= 0 && at < array.items().size()) {
          found.add(array.items().get((int) at));
        }
      } else if (next != null) {
        found.add(next);
      }
    }
    return found;
  }

  /** A JSON value as a field's value; objects and arrays of objects are text. */
  public static Value value(Json json) {
    return switch (json) {
      case Json.Null ignored -> Value.nothing();
      case Json.Text text -> Value.text(text.value());
      case Json.Num number -> Value.number(number.asDouble());
      case Json.Bool bool -> Value.bool(bool.value());
      case Json.Obj object -> Value.text(JsonText.write(object));
      case Json.Arr array -> Value.many(array.items().stream().map(JsonPath::value).toList());
    };
  }

  /** Every leaf by its path, as {@code spath} without a path gives them. */
  public static void leaves(String json, Map<String, Value> into) {
    JsonText.Parsed parsed = CodeFunctions.reader().parse(json.getBytes(StandardCharsets.UTF_8));
    if (parsed instanceof JsonText.Value(Json.Obj root)) {
      leaves(root, "", into);
    }
  }

  private static void leaves(Json.Obj object, String prefix, Map<String, Value> into) {
    object
        .fields()
        .forEach((key, value) -> {
          if (into.size() >= LEAVES_MAX) {
            return;
          }
          if (value instanceof Json.Obj inner) {
            leaves(inner, prefix + key + ".", into);
          } else {
            String suffix = value instanceof Json.Arr ? "{}" : "";
            into.put(prefix + key + suffix, value(value));
          }
        });
  }
}
