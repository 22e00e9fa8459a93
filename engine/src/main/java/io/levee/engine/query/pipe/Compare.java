package io.levee.engine.query.pipe;

import io.levee.engine.query.TimeRange;
import io.levee.engine.query.eval.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code compare}: the same question at an earlier time beside this one.
 *
 * @param before all that stands before it; null while it is read
 */
public record Compare(Span earlier, @Nullable Pipeline before) implements Stage {
  private static final String SUFFIX = " earlier";
  private static final String CHANGE = " change";

  static final Command COMMAND =
      Command.of(
          "compare",
          "compare earlier=7d",
          "Asks the same question over the time that much earlier, and puts its numbers beside"
              + " these, with the change in percent. Rows belong together by their other columns.",
          Compare::read,
          "* | stats count by host | compare earlier=1d");

  private static Stage read(StageReader in) {
    if (!in.takeOption("earlier")) {
      throw in.wrong("earlier= is missing, as in earlier=7d");
    }
    return new Compare(in.span(), null);
  }

  @Override
  public Step step(Step next, Run run) {
    Duration shift = Duration.ofSeconds(earlier.seconds());
    return new Step() {
      private final Map<List<String>, Row> rows = new HashMap<>();
      private boolean asked;

      @Override
      public boolean row(Row row) {
        if (!asked) {
          asked = true;
          TimeRange range =
              new TimeRange(run.range().from().minus(shift), run.range().to().minus(shift));
          run.subsearch().rows(Objects.requireNonNull(before), range, this::hold);
        }
        return next.row(compared(row, rows.get(key(row, 0))));
      }

      private void hold(Row row) {
        if (run.hold("compare")) {
          rows.putIfAbsent(key(row, shift.toSeconds()), row);
        }
      }

      @Override
      public void end() {
        next.end();
      }
    };
  }

  private static Row compared(Row row, @Nullable Row earlier) {
    for (String name : List.copyOf(row.names())) {
      Value now = row.get(name);
      if (!(now instanceof Value.Num(double number)) || name.equals(Row.TIME)) {
        continue;
      }
      Value then = earlier == null ? Value.nothing() : earlier.get(name);
      row.put(name + SUFFIX, then);
      double old = then.asNumber();
      if (old != 0) {
        row.put(name + CHANGE, Value.number(Math.round(1e3 * (number - old) / old) / 10.0));
      }
    }
    return row;
  }

  /** What tells rows apart: their words, and their time when it is moved. */
  private static List<String> key(Row row, long movedSeconds) {
    List<String> key = new ArrayList<>();
    for (String name : row.names()) {
      Value value = row.get(name);
      if (name.equals(Row.TIME)) {
        key.add(Value.format(value.asNumber() + movedSeconds));
      } else if (!(value instanceof Value.Num)) {
        key.add(value.asText());
      }
    }
    return key;
  }

  @Override
  public @Nullable List<String> columns(@Nullable List<String> columns) {
    return columns == null ? null : List.copyOf(columns);
  }

  @Override
  public String show() {
    return "compare earlier=" + earlier;
  }
}
