package io.levee.engine.query.pipe;

import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code lookup}: columns from the answer to another question.
 *
 * @param output the columns to take; none for all
 */
public record Lookup(Pipeline table, List<String> keys, List<String> output) implements Stage {
  static final Command COMMAND =
      Command.of(
          "lookup",
          "lookup [question] field … [output field …]",
          "Asks another question over the same time, and puts the columns of its row with the same"
              + " values into each row.",
          Lookup::read,
          "* | stats count by host | lookup [ERROR | stats count as errors by host] host output"
              + " errors");

  public Lookup {
    keys = List.copyOf(keys);
    output = List.copyOf(output);
  }

  private static Stage read(StageReader in) {
    Pipeline table = in.subsearch();
    List<String> keys = in.fields("output");
    return new Lookup(table, keys, in.takeWord("output") ? in.fields() : List.of());
  }

  @Override
  public Step step(Step next, Run run) {
    return new Step() {
      private final Map<List<String>, Row> rows = new HashMap<>();
      private boolean asked;

      @Override
      public boolean row(Row row) {
        if (!asked) {
          asked = true;
          run.subsearch().rows(table, run.range(), this::hold);
        }
        Row found = rows.get(key(row));
        if (found != null) {
          List<String> names = output.isEmpty() ? new ArrayList<>(found.names()) : output;
          names.stream()
              .filter(name -> !keys.contains(name))
              .forEach(name -> row.put(name, found.get(name)));
        }
        return next.row(row);
      }

      private void hold(Row row) {
        if (run.hold("lookup")) {
          rows.putIfAbsent(key(row), row);
        }
      }

      @Override
      public void end() {
        next.end();
      }
    };
  }

  private List<String> key(Row row) {
    return keys.stream().map(row::get).map(Value::asText).toList();
  }

  @Override
  public String show() {
    return "lookup [" + table.stages().size() + " stages] " + String.join(", ", keys);
  }
}
