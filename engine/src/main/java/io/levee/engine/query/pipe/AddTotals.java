package io.levee.engine.query.pipe;

import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code addtotals}: sums of columns and rows.
 *
 * @param fields to add up; none for every number
 */
public record AddTotals(
    boolean acrossRow, boolean downColumn, String name, String label, List<String> fields)
    implements Stage {
  static final Command COMMAND =
      Command.of(
          "addtotals",
          "addtotals [row=t] [col=f] [fieldname=Total] [label=Total] [field …]",
          "Adds a column with the sum of each row's numbers, and with `col=t` a last row with the"
              + " sum of each column.",
          AddTotals::read,
          "* | chart count over host by level | addtotals col=t");

  public AddTotals {
    fields = List.copyOf(fields);
  }

  private static Stage read(StageReader in) {
    boolean row = true;
    boolean column = false;
    String name = "Total";
    String label = "Total";
    while (true) {
      if (in.takeOption("row")) {
        row = in.truth("row");
      } else if (in.takeOption("col")) {
        column = in.truth("col");
      } else if (in.takeOption("fieldname")) {
        name = in.value();
      } else if (in.takeOption("label")) {
        label = in.value();
      } else {
        break;
      }
    }
    return new AddTotals(row, column, name, label, in.atEnd() ? List.of() : in.fields());
  }

  @Override
  public Step step(Step next, Run run) {
    Map<String, Double> sums = new LinkedHashMap<>();
    return new Step() {
      private @Nullable String first;

      @Override
      public boolean row(Row row) {
        double total = 0;
        for (String field : fields.isEmpty() ? List.copyOf(row.names()) : fields) {
          double number = row.get(field).asNumber();
          if (!Double.isNaN(number) && !field.equals(Row.TIME)) {
            total += number;
            sums.merge(field, number, Double::sum);
          } else if (first == null && !field.equals(Row.TIME)) {
            first = field;
          }
        }
        if (acrossRow) {
          row.put(name, Value.number(total));
          sums.merge(name, total, Double::sum);
        }
        return next.row(row);
      }

      @Override
      public void end() {
        if (downColumn) {
          Row last = Row.fresh(run.setting());
          if (first != null) {
            last.put(first, Value.text(label));
          }
          sums.forEach((field, sum) -> last.put(field, Value.number(sum)));
          next.row(last);
        }
        next.end();
      }
    };
  }

  @Override
  public @Nullable List<String> columns(@Nullable List<String> before) {
    if (before == null || !acrossRow) {
      return before;
    }
    List<String> columns = new ArrayList<>(before);
    columns.add(name);
    return columns;
  }

  @Override
  public String show() {
    return "addtotals row=" + acrossRow + " col=" + downColumn + " " + String.join(", ", fields);
  }
}
