package io.levee.engine.query.pipe;

import io.levee.engine.query.eval.Evaluator;
import io.levee.engine.query.eval.Expression;
import java.util.LinkedHashSet;
import java.util.Set;

/** {@code where}: keeps rows for which an expression holds. */
public record Where(Expression condition) implements Stage {
  static final Command COMMAND =
      Command.of(
          "where",
          "where expression",
          "Keeps rows for which the expression holds. Unlike in a filter, text compares with regard"
              + " to case, and two fields can be compared.",
          in -> new Where(in.expression()),
          "* | where status >= 500 AND like(url, \"%/checkout/%\")",
          "* | stats count by host | where count > 1");

  @Override
  public Step step(Step next, Run run) {
    return new RowStep(next, row -> Evaluator.holds(condition, row) ? row : null);
  }

  @Override
  public void needs(Needs needs, Run run) {
    Set<String> fields = new LinkedHashSet<>();
    condition.fields(fields);
    needs.readAll(fields);
  }

  @Override
  public String show() {
    return "where " + condition.show();
  }
}
