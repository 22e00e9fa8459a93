package io.levee.engine.query.pipe;

import io.levee.engine.query.aggregate.Aggregate;
import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code eventstats}: what {@code stats} would say of a row's group, put into the row. */
public record EventStats(List<Aggregate> aggregates, List<String> by) implements Stage {
  static final Command COMMAND =
      Command.of(
          "eventstats",
          "eventstats function[(field)] [as name] … [by field …]",
          "Leaves the rows and puts into each what `stats` says of its group.",
          in -> new EventStats(in.aggregates(), in.by()),
          "* | stats count by host | eventstats sum(count) as all | eval share=round(100*count/all,"
              + " 1)");

  public EventStats {
    aggregates = List.copyOf(aggregates);
    by = List.copyOf(by);
  }

  @Override
  public Step step(Step next, Run run) {
    Groups groups = new Groups("eventstats", aggregates, by, run);
    return new Step() {
      private final List<Row> rows = new ArrayList<>();

      @Override
      public boolean row(Row row) {
        if (!run.hold("eventstats", row)) {
          return false;
        }
        groups.take(row);
        rows.add(row);
        return true;
      }

      @Override
      public void end() {
        for (Row row : rows) {
          for (List<Value> key : Groups.keys(row, by)) {
            Groups.Group group = groups.group(key);
            if (group != null) {
              groups.results(group.accumulators(), row, run);
            }
          }
          if (!next.row(row)) {
            break;
          }
        }
        next.end();
      }
    };
  }

  @Override
  public @Nullable List<String> columns(@Nullable List<String> before) {
    return StreamStats.with(before, aggregates);
  }

  @Override
  public String show() {
    return "eventstats " + Stats.show(aggregates) + (by.isEmpty() ? "" : " by " + by);
  }
}
