package io.levee.engine.query.aggregate;

import io.levee.engine.query.eval.Value;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The most frequent value; of equally frequent ones the one that is first in their order. */
final class Mode implements Accumulator {
  private static final int VALUES_MAX = 100_000;

  private final Map<Value, Long> counts = new LinkedHashMap<>();
  private boolean over;

  @Override
  public void add(Value value, long weight, double seconds) {
    for (Value item : value.items()) {
      if (counts.size() < VALUES_MAX || counts.containsKey(item)) {
        counts.merge(item, weight, Long::sum);
      } else {
        over = true;
      }
    }
  }

  @Override
  public void join(Accumulator other) {
    ((Mode) other).counts.forEach((value, count) -> add(value, count, Double.NaN));
  }

  @Override
  public Value result(double stretchSeconds) {
    return counts.entrySet().stream()
        .max(
            Map.Entry.<Value, Long>comparingByValue()
                .thenComparing(
                    Map.Entry::getKey,
                    Comparator.comparing((Value v) -> v, Value.ORDER).reversed()))
        .map(Map.Entry::getKey)
        .orElse(Value.nothing());
  }

  @Override
  public boolean approximate() {
    return over;
  }
}
