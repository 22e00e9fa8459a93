package io.levee.engine.query.aggregate;

import io.levee.engine.query.eval.Value;

/** Adds up values. Used by one thread. */
public interface Accumulator {
  /**
   * Takes a row's value.
   *
   * @param value may be nothing, and may hold several
   * @param weight how many equal events the row stands for
   * @param seconds the row's time since the epoch; NaN when it has none
   */
  void add(Value value, long weight, double seconds);

  /** Takes what another one of the same function took; that one isn't used any more. */
  void join(Accumulator other);

  /**
   * What came of it.
   *
   * @param stretchSeconds how much time the rows are from, for rates
   */
  Value result(double stretchSeconds);

  /** Whether the result is an estimate. */
  default boolean approximate() {
    return false;
  }
}
