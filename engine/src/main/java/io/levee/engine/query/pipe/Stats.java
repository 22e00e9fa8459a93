package io.levee.engine.query.pipe;

import io.levee.engine.query.aggregate.Aggregate;
import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code stats}: adds rows up, by the values of fields. Rows come out in the order of these. */
public record Stats(List<Aggregate> aggregates, List<String> by) implements Stage {
  static final Command COMMAND =
      Command.of(
          "stats",
          "stats function[(field)] [as name] … [by field …]",
          "Adds up: one row for each combination of the fields behind `by`. Every count and sum"
              + " adds the weights of sampled events.",
          Stats::read,
          "ERROR | stats count by date_hour",
          "* | stats count, dc(user) as users, p95(duration) by environment",
          "* | stats count(eval(level=\"error\")) as errors, apdex(duration, 500) by host");

  public Stats {
    aggregates = List.copyOf(aggregates);
    by = List.copyOf(by);
  }

  private static Stage read(StageReader in) {
    return new Stats(in.aggregates(), in.by());
  }

  @Override
  public Step step(Step next, Run run) {
    Groups groups = new Groups("stats", aggregates, by, run);
    if (by.isEmpty()) {
      groups.group(List.of());
    }
    return new Step() {
      @Override
      public boolean row(Row row) {
        groups.take(row);
        return true;
      }

      @Override
      public void end() {
        for (Groups.Group group : by.size() == 1 ? new GroupOrder(groups) : sorted(groups)) {
          Row row = Row.fresh(run.setting());
          for (int i = 0; i < by.size(); i++) {
            row.put(by.get(i), group.values().get(i));
          }
          groups.results(group.accumulators(), row, run.seconds());
          if (!next.row(row)) {
            break;
          }
        }
        next.end();
      }
    };
  }

  static List<Groups.Group> sorted(Groups groups) {
    List<Groups.Group> sorted = new ArrayList<>(groups.all());
    Comparator<Groups.Group> order =
        (a, b) -> {
          for (int i = 0; i < a.values().size(); i++) {
            int difference = Value.ORDER.compare(a.values().get(i), b.values().get(i));
            if (difference != 0) {
              return difference;
            }
          }
          return 0;
        };
    sorted.sort(order);
    return sorted;
  }

  @Override
  public void needs(Needs needs, Run run) {
    needs(aggregates, by, needs);
  }

  static void needs(List<Aggregate> aggregates, List<String> by, Needs needs) {
    Set<String> read = new HashSet<>(by);
    for (Aggregate aggregate : aggregates) {
      aggregate.fields(read);
      if (aggregate.function().inOrder()) {
        needs.everything();
      }
    }
    needs.readAll(read);
  }

  @Override
  public boolean sumsUp() {
    return true;
  }

  @Override
  public @Nullable List<String> columns(@Nullable List<String> before) {
    List<String> columns = new ArrayList<>(by);
    aggregates.forEach(aggregate -> columns.add(aggregate.name()));
    return columns;
  }

  @Override
  public String show() {
    return "stats " + show(aggregates) + (by.isEmpty() ? "" : " by " + String.join(", ", by));
  }

  static String show(List<Aggregate> aggregates) {
    return String.join(", ", aggregates.stream().map(Aggregate::show).toList());
  }
}
