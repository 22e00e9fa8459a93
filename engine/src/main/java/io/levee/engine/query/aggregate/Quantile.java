package io.levee.engine.query.aggregate;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import io.levee.engine.query.eval.Value;
import org.jspecify.annotations.Nullable;

/**
 * A percentile, at most 1 % off, in at most 2,048 buckets (DDSketch, Masson, Rim and Lee 2019). Up
 * to 32 numbers it is exact, so that small groups cost little and show what people expect.
 */
final class Quantile implements Accumulator {
  private static final double ERROR = 0.01;
  private static final int BUCKETS_MAX = 2_048;
  private static final int EXACT_MAX = 32;

  private final double share;
  private final ExactQuantile few;
  private @Nullable DDSketch sketch;

  /**
   * @param percent 0 to 100
   */
  Quantile(double percent) {
    this.share = percent / 100;
    this.few = new ExactQuantile(percent);
  }

  @Override
  public void add(Value value, long weight, double seconds) {
    for (Value item : value.items()) {
      double number = item.asNumber();
      if (Double.isNaN(number)) {
        continue;
      }
      if (sketch != null) {
        sketch.accept(number, (double) weight);
        continue;
      }
      few.take(number, (double) weight);
      if (few.size() > EXACT_MAX) {
        sketched();
      }
    }
  }

  private DDSketch sketched() {
    DDSketch made = sketch;
    if (made == null) {
      made = DDSketches.logarithmicCollapsingLowestDense(ERROR, BUCKETS_MAX);
      few.forEach(made::accept);
      few.clear();
      sketch = made;
    }
    return made;
  }

  @Override
  public void join(Accumulator joined) {
    Quantile other = (Quantile) joined;
    if (other.sketch == null && sketch == null) {
      other.few.forEach(few::take);
      return;
    }
    DDSketch joining = sketched();
    if (other.sketch != null) {
      joining.mergeWith(other.sketch);
    } else {
      other.few.forEach(joining::accept);
    }
  }

  @Override
  public Value result(double stretchSeconds) {
    if (sketch == null) {
      return few.result(stretchSeconds);
    }
    return sketch.isEmpty()
        ? Value.nothing()
        : Value.number(sketch.getValueAtQuantile(Math.clamp(share, 0, 1)));
  }

  @Override
  public boolean approximate() {
    return sketch != null;
  }
}
