package io.levee.engine.query.aggregate;

import io.levee.engine.query.aggregate.AggregateFunction.Window;
import io.levee.engine.query.eval.Value;

/** How the count went over time, in as many bars as a cell of a table holds. */
final class Sparkline implements Accumulator {
  private static final int BARS = 24;
  private static final String LEVELS = "▁▂▃▄▅▆▇█";

  private final Window window;
  private final double[] counts = new double[BARS];

  Sparkline(Window window) {
    this.window = window;
  }

  @Override
  public void add(Value value, long weight, double seconds) {
    double share = (seconds - window.from()) / (window.to() - window.from());
    if (share >= 0 && share < 1) {
      counts[(int) (share * BARS)] += (double) weight * value.items().size();
    }
  }

  @Override
  public void join(Accumulator other) {
    for (int i = 0; i < BARS; i++) {
      counts[i] += ((Sparkline) other).counts[i];
    }
  }

  @Override
  public Value result(double stretchSeconds) {
    double most = 0;
    for (double count : counts) {
      most = Math.max(most, count);
    }
    StringBuilder bars = new StringBuilder();
    for (double count : counts) {
      int level = count == 0 ? 0 : (int) Math.ceil(count / most * (LEVELS.length() - 1));
      bars.append(LEVELS.charAt(level));
    }
    return Value.text(bars.toString());
  }
}
