package io.levee.engine.query.pipe;

import io.levee.engine.query.eval.Evaluator;
import io.levee.engine.query.eval.Expression;
import org.jspecify.annotations.Nullable;

/**
 * {@code head}: the first rows.
 *
 * @param condition rows are taken while it holds; null for any
 */
public record Head(int rows, @Nullable Expression condition) implements Stage {
  private static final int ROWS_MAX = 1_000_000;
  private static final int ROWS_USUAL = 10;

  static final Command COMMAND =
      Command.of(
          "head",
          "head [rows] [(expression)]",
          "The first rows; events come newest first. With an expression: those before the first for"
              + " which it does not hold.",
          Head::read,
          "* | head 3",
          "* | sort -duration | head 2");

  private static Stage read(StageReader in) {
    if (in.takeOption("limit") || in.lookingAtNumber()) {
      return new Head(in.number("rows", 0, ROWS_MAX), null);
    }
    return in.atEnd() ? new Head(ROWS_USUAL, null) : new Head(ROWS_MAX, in.expression());
  }

  @Override
  public Step step(Step next, Run run) {
    return new Step() {
      private int taken;

      @Override
      public boolean row(Row row) {
        boolean wanted = taken < rows && (condition == null || Evaluator.holds(condition, row));
        if (!wanted) {
          taken = rows;
          return false;
        }
        taken++;
        return next.row(row) && taken < rows;
      }

      @Override
      public void end() {
        next.end();
      }
    };
  }

  @Override
  public String show() {
    return condition == null ? "head " + rows : "head (" + condition.show() + ")";
  }
}
