package io.levee.engine.query.aggregate;

import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The values themselves: all in order of rows, or each once in its own order. */
final class Listing implements Accumulator {
  private static final int LISTED_MAX = 100;
  private static final int DIFFERENT_MAX = 10_000;

  private final Collection<Value> values;
  private final int most;
  private boolean over;

  Listing(boolean different) {
    this.values = different ? new TreeSet<>(Value.ORDER) : new ArrayList<>();
    this.most = different ? DIFFERENT_MAX : LISTED_MAX;
  }

  @Override
  public void add(Value value, long weight, double seconds) {
    for (Value item : value.items()) {
      if (values.size() < most) {
        values.add(item);
      } else {
        over |= !values.contains(item);
      }
    }
  }

  @Override
  public void join(Accumulator other) {
    ((Listing) other).values.forEach(value -> add(value, 1, Double.NaN));
  }

  @Override
  public Value result(double stretchSeconds) {
    return Value.many(List.copyOf(values));
  }

  @Override
  public boolean approximate() {
    return over;
  }
}
