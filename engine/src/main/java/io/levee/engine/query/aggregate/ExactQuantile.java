package io.levee.engine.query.aggregate;

import io.levee.engine.query.eval.Value;
import java.util.TreeMap;

/**
 * A percentile by nearest rank, from all different numbers there are. Of more than a million the
 * later ones are left out, and the result counts as an estimate.
 */
final class ExactQuantile implements Accumulator {
  private static final int NUMBERS_MAX = 1_000_000;

  private final double share;
  private final TreeMap<Double, Double> weights = new TreeMap<>();
  private boolean over;

  /** Takes a number with its weight. */
  interface Taker {
    void take(double number, double weight);
  }

  ExactQuantile(double percent) {
    this.share = percent / 100;
  }

  @Override
  public void add(Value value, long weight, double seconds) {
    for (Value item : value.items()) {
      double number = item.asNumber();
      if (!Double.isNaN(number)) {
        take(number, (double) weight);
      }
    }
  }

  void take(double number, double weight) {
    if (weights.size() < NUMBERS_MAX || weights.containsKey(number)) {
      weights.merge(number, weight, Double::sum);
    } else {
      over = true;
    }
  }

  int size() {
    return weights.size();
  }

  void forEach(Taker taker) {
    weights.forEach(taker::take);
  }

  void clear() {
    weights.clear();
  }

  @Override
  public void join(Accumulator other) {
    ((ExactQuantile) other).forEach(this::take);
    over |= ((ExactQuantile) other).over;
  }

  @Override
  public Value result(double stretchSeconds) {
    double total = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    double rank = Math.max(1, Math.ceil(share * total));
    double passed = 0;
    for (var entry : weights.entrySet()) {
      passed += entry.getValue();
      if (passed >= rank) {
        return Value.number(entry.getKey());
      }
    }
    return weights.isEmpty() ? Value.nothing() : Value.number(weights.lastKey());
  }

  @Override
  public boolean approximate() {
    return over;
  }
}
