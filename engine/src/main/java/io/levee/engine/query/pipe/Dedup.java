package io.levee.engine.query.pipe;

import io.levee.engine.query.eval.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code dedup}: the first rows of each combination of values. */
public record Dedup(int keep, List<String> fields, boolean consecutive) implements Stage {
  static final Command COMMAND =
      Command.of(
          "dedup",
          "dedup [rows] field … [consecutive=t]",
          "The first row (or rows) of each combination of values; rows that lack a field go."
              + " `consecutive` removes only those that follow their like.",
          Dedup::read,
          "* | dedup host | table host, message");

  public Dedup {
    fields = List.copyOf(fields);
  }

  private static Stage read(StageReader in) {
    int keep = in.lookingAtNumber() ? in.number("rows", 1, 1_000) : 1;
    List<String> fields = new java.util.ArrayList<>();
    boolean consecutive = false;
    while (!in.atEnd()) {
      if (in.takeOption("consecutive")) {
        consecutive = in.truth("consecutive");
      } else {
        fields.add(in.field());
        in.text().take(",");
      }
    }
    if (fields.isEmpty()) {
      throw in.wrong("a field's name is missing");
    }
    return new Dedup(keep, fields, consecutive);
  }

  @Override
  public Step step(Step next, Run run) {
    Map<List<String>, Integer> seen = new HashMap<>();
    return new RowStep(
        next,
        row -> {
          List<Value> values = fields.stream().map(row::get).toList();
          if (values.stream().anyMatch(Value::isNothing)) {
            return null;
          }
          List<String> key = values.stream().map(Value::asText).toList();
          int before = seen.getOrDefault(key, 0);
          if (before >= keep || (before == 0 && !consecutive && !run.hold("dedup"))) {
            return null;
          }
          if (before == 0 && consecutive) {
            seen.clear();
          }
          seen.put(key, before + 1);
          return row;
        });
  }

  @Override
  public String show() {
    return "dedup "
        + keep
        + " "
        + String.join(", ", fields)
        + (consecutive ? " consecutive=t" : "");
  }
}
