package io.levee.engine.query.aggregate;

import io.levee.engine.query.eval.Value;

/** Sum, mean and spread of numbers. The spread after Chan, Golub and LeVeque, which is stable. */
final class Moments implements Accumulator {
  /** What is asked. */
  enum What {
    SUM,
    SUM_OF_SQUARES,
    MEAN,
    DEVIATION,
    DEVIATION_OF_ALL,
    VARIANCE,
    VARIANCE_OF_ALL,
    PER_SECOND,
    PER_MINUTE,
    PER_HOUR,
    PER_DAY
  }

  private final What what;
  private double count;
  private double sum;
  private double squares;
  private double mean;
  private double spread;

  Moments(What what) {
    this.what = what;
  }

  @Override
  public void add(Value value, long weight, double seconds) {
    for (Value item : value.items()) {
      double number = item.asNumber();
      if (!Double.isNaN(number)) {
        sum += number * weight;
        squares += number * number * weight;
        double off = number - mean;
        count += weight;
        mean += off * weight / count;
        spread += weight * off * (number - mean);
      }
    }
  }

  @Override
  public void join(Accumulator joined) {
    Moments other = (Moments) joined;
    if (other.count == 0) {
      return;
    }
    double off = other.mean - mean;
    double total = count + other.count;
    spread += other.spread + off * off * count * other.count / total;
    mean += off * other.count / total;
    count = total;
    sum += other.sum;
    squares += other.squares;
  }

  @Override
  public Value result(double stretchSeconds) {
    if (count == 0) {
      return Value.nothing();
    }
    double sample = count > 1 ? spread / (count - 1) : 0;
    return Value.number(
        switch (what) {
          case SUM -> sum;
          case SUM_OF_SQUARES -> squares;
          case MEAN -> sum / count;
          case VARIANCE -> sample;
          case VARIANCE_OF_ALL -> spread / count;
          case DEVIATION -> Math.sqrt(sample);
          case DEVIATION_OF_ALL -> Math.sqrt(spread / count);
          case PER_SECOND -> sum / stretchSeconds;
          case PER_MINUTE -> sum * 60 / stretchSeconds;
          case PER_HOUR -> sum * 3_600 / stretchSeconds;
          case PER_DAY -> sum * 86_400 / stretchSeconds;
        });
  }
}
