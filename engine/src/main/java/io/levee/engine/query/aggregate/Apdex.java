package io.levee.engine.query.aggregate;

import io.levee.engine.query.eval.Value;

/**
 * How satisfied users are with a duration: those within the threshold count whole, those within
 * four times of it half, the rest not at all (Apdex Technical Specification 1.1).
 */
final class Apdex implements Accumulator {
  private final double threshold;
  private double satisfied;
  private double tolerating;
  private double total;

  Apdex(double threshold) {
    this.threshold = threshold;
  }

  @Override
  public void add(Value value, long weight, double seconds) {
    for (Value item : value.items()) {
      double duration = item.asNumber();
      if (Double.isNaN(duration)) {
        continue;
      }
      total += weight;
      if (duration <= threshold) {
        satisfied += weight;
      } else if (duration <= 4 * threshold) {
        tolerating += weight;
      }
    }
  }

  @Override
  public void join(Accumulator joined) {
    Apdex other = (Apdex) joined;
    satisfied += other.satisfied;
    tolerating += other.tolerating;
    total += other.total;
  }

  @Override
  public Value result(double stretchSeconds) {
    return total == 0 ? Value.nothing() : Value.number((satisfied + tolerating / 2) / total);
  }
}
