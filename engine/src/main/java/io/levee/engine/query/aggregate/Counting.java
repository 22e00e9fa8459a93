package io.levee.engine.query.aggregate;

import io.levee.engine.query.eval.Value;

/** Counts rows by weight, or their values, or how often a condition holds. */
final class Counting implements Accumulator {
  private double count;

  @Override
  public void add(Value value, long weight, double seconds) {
    for (Value item : value.items()) {
      count += item instanceof Value.Bool(boolean holds) && !holds ? 0 : weight;
    }
  }

  @Override
  public void join(Accumulator other) {
    count += ((Counting) other).count;
  }

  @Override
  public Value result(double stretchSeconds) {
    return Value.number(count);
  }
}
