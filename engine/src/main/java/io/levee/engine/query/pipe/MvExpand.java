package io.levee.engine.query.pipe;

import io.levee.engine.query.eval.Value;
import java.util.List;

/**
 * {@code mvexpand}: a row for each value.
 *
 * @param limit of rows made of one; 0 for all
 */
public record MvExpand(String field, int limit) implements Stage {
  static final Command COMMAND =
      Command.of(
          "mvexpand",
          "mvexpand field [limit=0]",
          "Makes a row of each of a field's values.",
          MvExpand::read,
          "* | mvexpand function | stats count by function");

  private static Stage read(StageReader in) {
    String field = in.field();
    return new MvExpand(field, in.takeOption("limit") ? in.number("limit", 0, 100_000) : 0);
  }

  @Override
  public Step step(Step next, Run run) {
    return new Step() {
      @Override
      public boolean row(Row row) {
        List<Value> values = row.get(field).items();
        if (values.size() < 2) {
          return next.row(row);
        }
        int most = limit == 0 ? values.size() : Math.min(limit, values.size());
        for (Value value : values.subList(0, most)) {
          if (!next.row(row.copy().put(field, value))) {
            return false;
          }
        }
        return true;
      }

      @Override
      public void end() {
        next.end();
      }
    };
  }

  @Override
  public String show() {
    return "mvexpand " + field + " limit=" + limit;
  }
}
