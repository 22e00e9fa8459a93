package io.levee.engine.query.pipe;

import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code fillnull}: a value where there is none.
 *
 * @param fields none for all that any row has
 */
public record FillNull(String value, List<String> fields) implements Stage {
  static final Command COMMAND =
      Command.of(
          "fillnull",
          "fillnull [value=0] [field …]",
          "Puts a value where there is none; without fields, in every column.",
          FillNull::read,
          "* | fillnull value=none release | stats count by release");

  public FillNull {
    fields = List.copyOf(fields);
  }

  private static Stage read(StageReader in) {
    String value = in.takeOption("value") ? in.value() : "0";
    return new FillNull(value, in.atEnd() ? List.of() : in.fields());
  }

  private Value filling() {
    double number = io.levee.engine.query.Values.number(value);
    return Double.isNaN(number) ? Value.text(value) : Value.number(number);
  }

  @Override
  public Step step(Step next, Run run) {
    Value filling = filling();
    return fields.isEmpty()
        ? new Everywhere(next, run, filling)
        : new RowStep(next, row -> fill(row, fields, filling));
  }

  private static Row fill(Row row, Iterable<String> names, Value filling) {
    for (String name : names) {
      if (row.get(name).isNothing()) {
        row.put(name, filling);
      }
    }
    return row;
  }

  /** Must have seen all rows to know all columns. */
  private static final class Everywhere implements Step {
    private final List<Row> rows = new ArrayList<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final Step next;
    private final Run run;
    private final Value filling;

    Everywhere(Step next, Run run, Value filling) {
      this.next = next;
      this.run = run;
      this.filling = filling;
    }

    @Override
    public boolean row(Row row) {
      if (!run.hold("fillnull", row)) {
        return false;
      }
      names.addAll(row.names());
      rows.add(row);
      return true;
    }

    @Override
    public void end() {
      for (Row row : rows) {
        if (!next.row(fill(row, names, filling))) {
          break;
        }
      }
      next.end();
    }
  }

  @Override
  public void needs(Needs needs, Run run) {
    if (fields.isEmpty()) {
      needs.everything();
    }
    needs.readAll(fields);
  }

  @Override
  public String show() {
    return "fillnull value=" + value + " " + String.join(", ", fields);
  }
}
