package io.levee.engine.query.pipe;

import java.util.ArrayList;
import java.util.List;

/** {@code reverse}: the last row first. */
public record Reverse() implements Stage {
  static final Command COMMAND =
      Command.of(
          "reverse",
          "reverse",
          "The last row first; of events, the oldest.",
          in -> new Reverse(),
          "* | stats count by host | reverse");

  @Override
  public Step step(Step next, Run run) {
    return new Held(next, run, "reverse", List::reversed);
  }

  @Override
  public String show() {
    return "reverse";
  }

  /** Holds all rows, and gives them on in another order. */
  static final class Held implements Step {
    private final List<Row> rows = new ArrayList<>();
    private final Step next;
    private final Run run;
    private final String who;
    private final java.util.function.UnaryOperator<List<Row>> order;

    Held(Step next, Run run, String who, java.util.function.UnaryOperator<List<Row>> order) {
      this.next = next;
      this.run = run;
      this.who = who;
      this.order = order;
    }

    @Override
    public boolean row(Row row) {
      if (!run.hold(who, row)) {
        return false;
      }
      rows.add(row);
      return true;
    }

    @Override
    public void end() {
      run.free(rows.size());
      for (Row row : order.apply(rows)) {
        if (!next.row(row)) {
          break;
        }
      }
      next.end();
    }
  }
}
