package io.levee.engine.query.pipe;

import io.levee.engine.query.aggregate.Accumulator;
import io.levee.engine.query.aggregate.Aggregate;
import io.levee.engine.query.eval.Evaluator;
import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows by the values of some fields, with accumulators for each group. Used by one thread. */
final class Groups {
  private final List<Aggregate> aggregates;
  private final List<String> by;
  private final Run run;
  private final String who;

  /** By the text of the value when there is one field, by the list of texts otherwise. */
  private final Map<Object, Group> groups = new LinkedHashMap<>();

  /**
   * A group.
   *
   * @param values of the fields that it is about
   */
  record Group(List<Value> values, List<Accumulator> accumulators) {}

  Groups(String who, List<Aggregate> aggregates, List<String> by, Run run) {
    this.who = who;
    this.aggregates = aggregates;
    this.by = by;
    this.run = run;
  }

  Collection<Group> all() {
    return groups.values();
  }

  /** Takes a row; one that lacks a field belongs to no group. */
  void take(Row row) {
    List<List<Value>> keys = keys(row, by);
    for (List<Value> key : keys) {
      Group group = group(key);
      if (group != null) {
        add(group.accumulators(), row);
      }
    }
  }

  /** The group of these values; null when there is no room for one more. */
  @Nullable Group group(List<Value> key) {
    Object texts =
        key.size() == 1 ? key.getFirst().asText() : key.stream().map(Value::asText).toList();
    Group group = groups.get(texts);
    if (group == null && run.hold(who)) {
      group = new Group(key, start());
      groups.put(texts, group);
    }
    return group;
  }

  List<Accumulator> start() {
    if (aggregates.size() == 1) {
      return List.of(aggregates.getFirst().start(run.window())); // There may be a million.
    }
    List<Accumulator> accumulators = new ArrayList<>(aggregates.size());
    aggregates.forEach(aggregate -> accumulators.add(aggregate.start(run.window())));
    return accumulators;
  }

  void add(List<Accumulator> accumulators, Row row) {
    for (int i = 0; i < aggregates.size(); i++) {
      Aggregate aggregate = aggregates.get(i);
      Value value =
          aggregate.argument() == null
              ? Value.bool(true)
              : Evaluator.value(aggregate.argument(), row);
      double seconds = aggregate.function().inOrder() ? row.seconds() : Double.NaN;
      accumulators.get(i).add(value, row.weight(), seconds);
    }
  }

  /**
   * Takes over the groups of another thread's rows; that one isn't used any more.
   *
   * @param its what holds the groups of both
   */
  void join(Groups other, Run its) {
    other.groups.forEach((key, group) -> {
      Group known = groups.putIfAbsent(key, group);
      if (known != null) {
        for (int i = 0; i < aggregates.size(); i++) {
          known.accumulators().get(i).join(group.accumulators().get(i));
        }
        its.free(1);
      }
    });
  }

  /** Puts the results of a group into a row. */
  void results(List<Accumulator> accumulators, Row row, Run its) {
    for (int i = 0; i < aggregates.size(); i++) {
      Accumulator accumulator = accumulators.get(i);
      row.put(aggregates.get(i).name(), accumulator.result(its.seconds()));
      if (accumulator.approximate()) {
        its.estimated(aggregates.get(i).name());
      }
    }
  }

  /** One list of values for each combination, if a field has several; none if one is missing. */
  static List<List<Value>> keys(Row row, List<String> by) {
    if (by.size() == 1) {
      Value only = row.get(by.getFirst());
      return only instanceof Value.Many many
          ? many.values().stream().map(List::of).toList()
          : only.isNothing() ? List.of() : List.of(List.of(only));
    }
    List<List<Value>> keys = new ArrayList<>(List.of(List.of()));
    for (String field : by) {
      List<Value> items = row.get(field).items();
      if (items.size() == 1 && keys.size() == 1) {
        List<Value> longer = new ArrayList<>(keys.getFirst());
        longer.add(items.getFirst());
        keys.set(0, longer);
        continue;
      }
      List<List<Value>> more = new ArrayList<>();
      for (List<Value> key : keys) {
        for (Value item : items) {
          List<Value> longer = new ArrayList<>(key);
          longer.add(item);
          more.add(longer);
        }
      }
      keys = more;
    }
    return keys;
  }
}
