package io.levee.console;

import io.levee.event.Json;
import io.levee.event.JsonText;
import java.util.ArrayList;
import java.util.List;

/** JSON as people read it. */
final class JsonLines {
  private JsonLines() {}

  /** A name and its value in words; a structure is written as JSON, indented. */
  record Entry(String key, String value, boolean structured) {}

  static List<Entry> entries(Json.Obj object) {
    List<Entry> entries = new ArrayList<>();
    object.fields().forEach((key, value) -> entries.add(entry(key, value)));
    return entries;
  }

  private static Entry entry(String key, Json value) {
    String scalar = value.scalarText();
    return scalar != null
        ? new Entry(key, scalar, false)
        : value instanceof Json.Null
            ? new Entry(key, "null", false)
            : new Entry(key, pretty(value), true);
  }

  /** On one line, for lists. */
  static String compact(Json.Obj object) {
    return object.isEmpty() ? "" : JsonText.write(object);
  }

  /** Indented by two blanks a level. */
  static String pretty(Json json) {
    StringBuilder out = new StringBuilder();
    write(out, json, 0);
    return out.toString();
  }

  private static void write(StringBuilder out, Json json, int depth) {
    switch (json) {
      case Json.Obj object when !object.isEmpty() -> {
        out.append('{');
        String separator = "\n";
        for (var field : object.fields().entrySet()) {
          out.append(separator).append("  ".repeat(depth + 1));
          out.append(JsonText.write(Json.text(field.getKey()))).append(": ");
          write(out, field.getValue(), depth + 1);
          separator = ",\n";
        }
        out.append('\n').append("  ".repeat(depth)).append('}');
      }
      case Json.Arr array when !array.items().isEmpty() -> {
        out.append('[');
        String separator = "\n";
        for (Json item : array.items()) {
          out.append(separator).append("  ".repeat(depth + 1));
          write(out, item, depth + 1);
          separator = ",\n";
        }
        out.append('\n').append("  ".repeat(depth)).append(']');
      }
      case Json.Obj ignored -> out.append("{}");
      case Json.Arr ignored -> out.append("[]");
      case Json.Text text -> out.append(JsonText.write(text));
      case Json.Num number -> out.append(number.literal());
      case Json.Bool bool -> out.append(bool.value());
      case Json.Null ignored -> out.append("null");
    }
  }
}
