package io.levee.engine.query.pipe;

import io.levee.engine.query.aggregate.Aggregate;
import io.levee.engine.query.aggregate.Aggregates;
import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code top} and {@code rare}: the most, or least, frequent values. */
public record Top(
    boolean rarest,
    int limit,
    boolean counts,
    boolean shares,
    String countName,
    String shareName,
    List<String> fields,
    List<String> by)
    implements Stage {
  private static final int LIMIT_USUAL = 10;
  private static final int LIMIT_MAX = 100_000;
  private static final String SYNTAX =
      "[limit=10] [showcount=t] [showperc=t] [countfield=count] [percentfield=percent] field … [by"
          + " field …]";

  static final Command COMMAND =
      Command.of(
          "top",
          "top " + SYNTAX,
          "The most frequent values of fields, with how often they come and their share in"
              + " percent.",
          in -> read(in, false),
          "* | top limit=3 host",
          "* | top type by environment");

  static final Command RARE =
      Command.of(
          "rare",
          "rare " + SYNTAX,
          "The least frequent values of fields.",
          in -> read(in, true),
          "* | rare limit=2 level");

  public Top {
    fields = List.copyOf(fields);
    by = List.copyOf(by);
  }

  private static Stage read(StageReader in, boolean rarest) {
    int limit = LIMIT_USUAL;
    boolean counts = true;
    boolean shares = true;
    String countName = "count";
    String shareName = "percent";
    while (true) {
      if (in.takeOption("limit") || in.lookingAtNumber()) {
        limit = in.number("limit", 0, LIMIT_MAX);
      } else if (in.takeOption("showcount")) {
        counts = in.truth("showcount");
      } else if (in.takeOption("showperc")) {
        shares = in.truth("showperc");
      } else if (in.takeOption("countfield")) {
        countName = in.field();
      } else if (in.takeOption("percentfield")) {
        shareName = in.field();
      } else {
        break;
      }
    }
    List<String> fields = in.fields("by");
    return new Top(rarest, limit, counts, shares, countName, shareName, fields, in.by());
  }

  private record Counted(Groups.Group group, double count) {}

  @Override
  public Step step(Step next, Run run) {
    List<String> keys = new ArrayList<>(by);
    keys.addAll(fields);
    Aggregates.Named count = Objects.requireNonNull(Aggregates.find("count"));
    Groups groups =
        new Groups(
            rarest ? "rare" : "top",
            List.of(new Aggregate(count.function(), null, Double.NaN, false, countName)),
            keys,
            run);
    return new Step() {
      @Override
      public boolean row(Row row) {
        groups.take(row);
        return true;
      }

      @Override
      public void end() {
        give(groups, next, run);
        next.end();
      }
    };
  }

  private void give(Groups groups, Step next, Run run) {
    Map<List<Value>, List<Counted>> parts = new HashMap<>();
    List<List<Value>> order = new ArrayList<>();
    double[] counts = groups.all().stream().mapToDouble(Top::count).toArray();
    double whole = Arrays.stream(counts).sum() + run.passedOver();
    for (Groups.Group group : worth(groups, counts)) {
      List<Value> part = group.values().subList(0, by.size());
      double count = count(group);
      if (!parts.containsKey(part)) {
        order.add(part);
      }
      parts.computeIfAbsent(part, ignored -> new ArrayList<>()).add(new Counted(group, count));
    }
    for (List<Value> part : order) {
      List<Counted> counted = Objects.requireNonNull(parts.get(part));
      double total = by.isEmpty() ? whole : counted.stream().mapToDouble(Counted::count).sum();
      Comparator<Counted> byCount = Comparator.comparingDouble(Counted::count);
      counted.sort(rarest ? byCount : byCount.reversed());
      int most = limit == 0 ? counted.size() : Math.min(limit, counted.size());
      for (Counted one : counted.subList(0, most)) {
        if (!next.row(row(one, total, run))) {
          return;
        }
      }
    }
  }

  private static double count(Groups.Group group) {
    return group.accumulators().getFirst().result(1).asNumber();
  }

  /**
   * The groups in order; of very many only those that can be among the most, or least, frequent.
   */
  private List<Groups.Group> worth(Groups groups, double[] counts) {
    if (!by.isEmpty() || limit == 0 || counts.length <= 2L * limit) {
      return Stats.sorted(groups);
    }
    Arrays.sort(counts);
    double last = rarest ? counts[limit - 1] : counts[counts.length - limit];
    return Stats.sorted(
        groups.all().stream()
            .filter(group -> rarest ? count(group) <= last : count(group) >= last)
            .toList());
  }

  private Row row(Counted one, double total, Run run) {
    Row row = Row.fresh(run.setting());
    List<String> columns = columns(null);
    for (int i = 0; i < by.size() + fields.size(); i++) {
      row.put(columns.get(i), one.group().values().get(i));
    }
    if (counts) {
      row.put(countName, Value.number(one.count()));
    }
    if (shares) {
      row.put(shareName, Value.number(Math.round(1e6 * one.count() / total * 100) / 1e6));
    }
    return row;
  }

  @Override
  public void needs(Needs needs, Run run) {
    needs.readAll(by);
    needs.readAll(fields);
  }

  @Override
  public boolean sumsUp() {
    return true;
  }

  @Override
  public List<String> columns(@Nullable List<String> before) {
    List<String> columns = new ArrayList<>(by);
    columns.addAll(fields);
    if (counts) {
      columns.add(countName);
    }
    if (shares) {
      columns.add(shareName);
    }
    return columns;
  }

  @Override
  public String show() {
    return (rarest ? "rare" : "top")
        + " limit="
        + limit
        + " "
        + String.join(", ", fields)
        + (by.isEmpty() ? "" : " by " + String.join(", ", by));
  }
}
