package io.levee.engine.query.aggregate;

import io.levee.engine.query.aggregate.AggregateFunction.Window;
import io.levee.engine.query.eval.Expression;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A function as it is asked for.
 *
 * @param argument null for the row itself
 * @param parameter see {@link AggregateFunction.Making}
 * @param condition whether the argument is a condition whose truth is counted
 * @param name of the column
 */
public record Aggregate(
    AggregateFunction function,
    @Nullable Expression argument,
    double parameter,
    boolean condition,
    String name) {
  /** A fresh accumulator. */
  public Accumulator start(Window window) {
    return function.making().make(parameter, window);
  }

  /** Adds the fields that it reads. */
  public void fields(Set<String> into) {
    if (argument != null) {
      argument.fields(into);
    }
  }

  public String show() {
    String over = argument == null ? "" : "(" + argument.show() + ")";
    String parameters = Double.isNaN(parameter) ? "" : "[" + parameter + "]";
    return function.name() + parameters + over + " as " + name;
  }
}
