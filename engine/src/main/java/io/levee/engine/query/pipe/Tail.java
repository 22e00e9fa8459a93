package io.levee.engine.query.pipe;

import java.util.ArrayDeque;

/** {@code tail}: the last rows, the last one first. */
public record Tail(int rows) implements Stage {
  private static final int ROWS_MAX = 100_000;

  static final Command COMMAND =
      Command.of(
          "tail",
          "tail [rows]",
          "The last rows, the last one first.",
          in -> new Tail(in.lookingAtNumber() ? in.number("rows", 1, ROWS_MAX) : 10),
          "* | stats count by host | tail 1");

  @Override
  public Step step(Step next, Run run) {
    return new Step() {
      private final ArrayDeque<Row> last = new ArrayDeque<>();

      @Override
      public boolean row(Row row) {
        last.addFirst(row);
        if (last.size() > rows) {
          last.removeLast();
        }
        return true;
      }

      @Override
      public void end() {
        for (Row row : last) {
          if (!next.row(row)) {
            break;
          }
        }
        next.end();
      }
    };
  }

  @Override
  public String show() {
    return "tail " + rows;
  }
}
