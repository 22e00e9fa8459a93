package io.levee.engine.query.pipe;

import io.levee.engine.query.aggregate.Accumulator;
import io.levee.engine.query.aggregate.Aggregate;
import io.levee.engine.query.eval.Value;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code streamstats}: what {@code stats} says of the rows up to this one.
 *
 * @param window so many of the last rows count; 0 for all
 * @param current whether the row itself counts
 */
public record StreamStats(int window, boolean current, List<Aggregate> aggregates, List<String> by)
    implements Stage {
  private static final int WINDOW_MAX = 10_000;

  static final Command COMMAND =
      Command.of(
          "streamstats",
          "streamstats [window=0] [current=t] function[(field)] [as name] … [by field …]",
          "Puts into each row what `stats` says of the rows up to it, or of the last ones.",
          StreamStats::read,
          "* | timechart span=6h count | streamstats sum(count) as so_far",
          "* | timechart span=6h count | streamstats window=2 avg(count) as smooth");

  public StreamStats {
    aggregates = List.copyOf(aggregates);
    by = List.copyOf(by);
  }

  private static Stage read(StageReader in) {
    int window = 0;
    boolean current = true;
    while (true) {
      if (in.takeOption("window")) {
        window = in.number("window", 0, WINDOW_MAX);
      } else if (in.takeOption("current")) {
        current = in.truth("current");
      } else {
        break;
      }
    }
    return new StreamStats(window, current, in.aggregates(), in.by());
  }

  @Override
  public Step step(Step next, Run run) {
    Groups groups = new Groups("streamstats", aggregates, by, run);
    Map<List<Value>, ArrayDeque<Row>> last = new HashMap<>();
    return new RowStep(
        next,
        row -> {
          for (List<Value> key : Groups.keys(row, by)) {
            if (window > 0) {
              windowed(groups, last.computeIfAbsent(key, k -> new ArrayDeque<>()), row, run);
            } else {
              running(groups, key, row, run);
            }
          }
          return row;
        });
  }

  private void running(Groups groups, List<Value> key, Row row, Run run) {
    Groups.Group group = groups.group(key);
    if (group == null) {
      return;
    }
    Row before = current ? row : row.copy();
    if (current) {
      groups.add(group.accumulators(), row);
    }
    groups.results(group.accumulators(), row, run);
    if (!current) {
      groups.add(group.accumulators(), before);
    }
  }

  private void windowed(Groups groups, ArrayDeque<Row> last, Row row, Run run) {
    Row copy = row.copy();
    if (current) {
      push(last, copy);
    }
    List<Accumulator> accumulators = groups.start();
    last.forEach(earlier -> groups.add(accumulators, earlier));
    groups.results(accumulators, row, run);
    if (!current) {
      push(last, copy);
    }
  }

  private void push(ArrayDeque<Row> last, Row row) {
    last.addLast(row);
    if (last.size() > window) {
      last.removeFirst();
    }
  }

  @Override
  public @Nullable List<String> columns(@Nullable List<String> before) {
    return with(before, aggregates);
  }

  static @Nullable List<String> with(@Nullable List<String> before, List<Aggregate> aggregates) {
    if (before == null) {
      return null;
    }
    LinkedHashSet<String> columns = new LinkedHashSet<>(before);
    aggregates.forEach(aggregate -> columns.add(aggregate.name()));
    return List.copyOf(columns);
  }

  @Override
  public String show() {
    return "streamstats window="
        + window
        + " "
        + Stats.show(aggregates)
        + (by.isEmpty() ? "" : " by " + by);
  }
}
