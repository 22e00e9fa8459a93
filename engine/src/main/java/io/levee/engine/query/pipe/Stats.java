package io.levee.engine.query.pipe;

import io.levee.engine.query.aggregate.Aggregate;
import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
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
    Gathering gathering = gathering(run);
    return new Step() {
      @Override
      public boolean row(Row row) {
        return gathering.row(row);
      }

      @Override
      public void end() {
        give(gathering, next, run);
      }
    };
  }

  /** Rows added up, by one thread or, once joined, by several. */
  public static final class Gathering implements Step {
    private final Groups groups;

    private Gathering(Groups groups) {
      this.groups = groups;
    }

    @Override
    public boolean row(Row row) {
      groups.take(row);
      return true;
    }

    @Override
    public void end() {}

    /**
     * Takes over what another thread added up of the same stage; that one isn't used any more.
     *
     * @param run what holds the groups of both
     */
    public void join(Gathering other, Run run) {
      groups.join(other.groups, run);
    }
  }

  /** Begins to add up. */
  public Gathering gathering(Run run) {
    Groups groups = new Groups("stats", aggregates, by, run);
    if (by.isEmpty()) {
      groups.group(List.of());
    }
    return new Gathering(groups);
  }

  /** Gives what was added up to the next stage, and ends that. */
  public void give(Gathering gathering, Step next, Run run) {
    Groups groups = gathering.groups;
    Iterator<Groups.Group> ordered = ordered(groups, next.choice(), run);
    boolean wanted = true;
    while (wanted && ordered.hasNext()) {
      wanted = next.row(result(groups, ordered.next(), run));
    }
    next.end();
  }

  private Row result(Groups groups, Groups.Group group, Run run) {
    Row row = Row.fresh(run.setting());
    for (int i = 0; i < by.size(); i++) {
      row.put(by.get(i), group.values().get(i));
    }
    groups.results(group.accumulators(), row, run);
    return row;
  }

  /** The groups in order, or those of them that the next step will choose from. */
  private Iterator<Groups.Group> ordered(Groups groups, Step.@Nullable Choice choice, Run run) {
    if (choice != null && groups.all().size() > 2L * choice.most()) {
      return sorted(chosen(groups, choice, run)).iterator();
    }
    return by.size() == 1 ? new GroupOrder(groups) : sorted(groups).iterator();
  }

  /**
   * Sorting a million groups by their values takes longer than finding the first of another order.
   */
  private List<Groups.Group> chosen(Groups groups, Step.Choice choice, Run run) {
    PriorityQueue<Row> first = new PriorityQueue<>(choice.order().reversed());
    for (Groups.Group group : groups.all()) {
      Row row = result(groups, group, run);
      if (first.size() < choice.most()) {
        first.add(row);
      } else if (choice.order().compare(row, first.element()) < 0) {
        first.remove();
        first.add(row);
      }
    }
    Row last = first.element();
    return groups.all().stream()
        .filter(group -> choice.order().compare(result(groups, group, run), last) <= 0)
        .toList();
  }

  static List<Groups.Group> sorted(Groups groups) {
    return sorted(groups.all());
  }

  static List<Groups.Group> sorted(Collection<Groups.Group> groups) {
    List<Groups.Group> sorted = new ArrayList<>(groups);
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

  /** The name of the column when it only counts rows; null when it adds up anything else. */
  @Nullable String countsOnly() {
    if (aggregates.size() != 1) {
      return null;
    }
    Aggregate only = aggregates.getFirst();
    boolean counts = only.function().name().equals("count") && only.argument() == null;
    return counts ? only.name() : null;
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
