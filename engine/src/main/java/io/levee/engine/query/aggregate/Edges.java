package io.levee.engine.query.aggregate;

import io.levee.engine.query.eval.Value;

/** The first and last value, by the order of rows or by their time. */
final class Edges implements Accumulator {
  /** What is asked. */
  enum What {
    FIRST,
    LAST,
    EARLIEST,
    LATEST,
    EARLIEST_TIME,
    LATEST_TIME,
    RATE
  }

  private final What what;
  private Value first = Value.nothing();
  private Value last = Value.nothing();
  private Value earliest = Value.nothing();
  private Value latest = Value.nothing();
  private double earliestAt = Double.POSITIVE_INFINITY;
  private double latestAt = Double.NEGATIVE_INFINITY;

  Edges(What what) {
    this.what = what;
  }

  @Override
  public void add(Value value, long weight, double seconds) {
    if (value.isNothing()) {
      return;
    }
    first = first.isNothing() ? value : first;
    last = value;
    if (seconds < earliestAt) {
      earliestAt = seconds;
      earliest = value;
    }
    if (seconds > latestAt) {
      latestAt = seconds;
      latest = value;
    }
  }

  @Override
  public void join(Accumulator joined) {
    Edges other = (Edges) joined;
    first = first.isNothing() ? other.first : first;
    last = other.last.isNothing() ? last : other.last;
    if (other.earliestAt < earliestAt) {
      earliestAt = other.earliestAt;
      earliest = other.earliest;
    }
    if (other.latestAt > latestAt) {
      latestAt = other.latestAt;
      latest = other.latest;
    }
  }

  @Override
  public Value result(double stretchSeconds) {
    return switch (what) {
      case FIRST -> first;
      case LAST -> last;
      case EARLIEST -> earliest;
      case LATEST -> latest;
      case EARLIEST_TIME -> Value.number(earliestAt);
      case LATEST_TIME -> Value.number(latestAt);
      case RATE ->
          Value.number((latest.asNumber() - earliest.asNumber()) / (latestAt - earliestAt));
    };
  }
}
