package io.levee.engine.query;

import org.jspecify.annotations.Nullable;

/**
 * A range of numbers.
 *
 * @param from lower bound, included; may be minus infinity
 * @param to upper bound, included; may be infinity
 */
public record NumberRange(double from, double to) {
  /** The range when all its bounds are numbers and it has one; null otherwise. */
  public static @Nullable NumberRange of(Query.Range range) {
    if (range.from() == null && range.to() == null) {
      return null;
    }
    double from = range.from() == null ? Double.NEGATIVE_INFINITY : Values.number(range.from());
    double to = range.to() == null ? Double.POSITIVE_INFINITY : Values.number(range.to());
    if (Double.isNaN(from) || Double.isNaN(to)) {
      return null;
    }
    return new NumberRange(
        range.from() == null || range.includesFrom() ? from : Math.nextUp(from) + 0.0,
        range.to() == null || range.includesTo() ? to : Math.nextDown(to) + 0.0);
  }

  public boolean contains(double value) {
    return value >= from && value <= to;
  }
}
