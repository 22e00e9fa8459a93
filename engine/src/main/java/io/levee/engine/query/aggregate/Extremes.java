package io.levee.engine.query.aggregate;

import io.levee.engine.query.eval.Value;

/** The least and the greatest; numbers by value if there are any, otherwise by text. */
final class Extremes implements Accumulator {
  /** What is asked. */
  enum What {
    LEAST,
    GREATEST,
    DISTANCE
  }

  private final What what;
  private Value least = Value.nothing();
  private Value greatest = Value.nothing();

  Extremes(What what) {
    this.what = what;
  }

  @Override
  public void add(Value value, long weight, double seconds) {
    value.items().forEach(this::look);
  }

  private void look(Value value) {
    boolean first = least.isNothing();
    if (first || Value.ORDER.compare(value, least) < 0) {
      least = value;
    }
    if (first || Value.ORDER.compare(value, greatest) > 0) {
      greatest = value;
    }
  }

  @Override
  public void join(Accumulator joined) {
    Extremes other = (Extremes) joined;
    if (!other.least.isNothing()) {
      look(other.least);
      look(other.greatest);
    }
  }

  @Override
  public Value result(double stretchSeconds) {
    return switch (what) {
      case LEAST -> least;
      case GREATEST -> greatest;
      case DISTANCE -> Value.number(greatest.asNumber() - least.asNumber());
    };
  }
}
