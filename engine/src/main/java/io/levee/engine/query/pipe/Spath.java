package io.levee.engine.query.pipe;

import io.levee.engine.query.eval.JsonPath;
import io.levee.engine.query.eval.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stage that takes fields out of JSON text. */
public record Spath(String input, @Nullable String path, String output) implements Stage {
  static final Command COMMAND =
      Command.of(
          "spath",
          "spath [input=_raw] [path=a.b{}.c] [output=name]",
          "Takes what lies at a path of a JSON text, or without a path all there is. When `_raw` is"
              + " no JSON, the whole event as JSON is meant.",
          Spath::read,
          "* | spath path=exceptions{0}.type output=thrown | stats count by thrown");

  private static Stage read(StageReader in) {
    String input = "_raw";
    String path = null;
    String output = null;
    while (!in.atEnd()) {
      if (in.takeOption("input")) {
        input = in.field();
      } else if (in.takeOption("output")) {
        output = in.field();
      } else {
        in.takeOption("path");
        path = in.field();
      }
    }
    return new Spath(input, path, output == null ? String.valueOf(path) : output);
  }

  @Override
  public Step step(Step next, Run run) {
    return new RowStep(next, this::extract);
  }

  private Row extract(Row row) {
    String json = row.get(input).asText().strip();
    if (input.equals("_raw") && !json.startsWith("{")) {
      json = row.get("_json").asText();
    }
    if (path != null) {
      return row.put(output, JsonPath.extract(json, path));
    }
    Map<String, Value> leaves = new LinkedHashMap<>();
    JsonPath.leaves(json, leaves);
    leaves.forEach(row::put);
    return row;
  }

  @Override
  public String show() {
    return "spath input=" + input + (path == null ? "" : " path=" + path + " output=" + output);
  }
}
