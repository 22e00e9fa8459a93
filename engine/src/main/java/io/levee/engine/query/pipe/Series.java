package io.levee.engine.query.pipe;

import io.levee.engine.query.aggregate.Accumulator;
import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Accumulators in a table: a line for each place on the axis, a column for each value of the field
 * that splits, the small ones joined to OTHER in the end. Used by one thread.
 */
final class Series {
  static final String OTHER = "OTHER";
  static final String NULL = "NULL";
  private static final String WHOLE = "";

  private final Groups groups;
  private final List<String> names;
  private final Run run;
  private final String who;
  private final Map<Object, Map<String, List<Accumulator>>> cells = new LinkedHashMap<>();
  private final Set<String> values = new LinkedHashSet<>();

  /**
   * @param names of the aggregates
   */
  Series(String who, Groups groups, List<String> names, Run run) {
    this.who = who;
    this.groups = groups;
    this.names = names;
    this.run = run;
  }

  /** Makes sure that a place has a line. */
  void place(Object place) {
    cells.computeIfAbsent(place, ignored -> new HashMap<>());
  }

  Set<Object> places() {
    return cells.keySet();
  }

  /**
   * Adds a row.
   *
   * @param split the value that it is split by; null when nothing splits
   */
  void add(Object place, @Nullable String split, Row row) {
    place(place);
    String value = split == null ? WHOLE : split;
    List<Accumulator> cell = cells.getOrDefault(place, Map.of()).get(value);
    if (cell == null) {
      if (!run.hold(who)) {
        return;
      }
      cell = groups.start();
      cells.getOrDefault(place, new HashMap<>()).put(value, cell);
      values.add(value);
    }
    groups.add(cell, row);
  }

  /** The columns to show, the largest first; the rest is joined to OTHER. */
  List<String> chosen(int limit, boolean useOther, boolean useNull) {
    List<String> shown = new ArrayList<>(values);
    if (!useNull) {
      shown.remove(NULL);
    }
    Map<String, Double> scores = new HashMap<>();
    shown.forEach(value -> scores.put(value, score(value)));
    Comparator<String> largest = Comparator.comparingDouble(v -> -scores.getOrDefault(v, 0.0));
    shown.sort(largest.thenComparing(v -> v));
    if (limit == 0 || shown.size() <= limit) {
      shown.sort(Comparator.comparing(Value::text, Value.ORDER));
      return shown;
    }
    List<String> kept = new ArrayList<>(shown.subList(0, limit));
    kept.sort(Comparator.comparing(Value::text, Value.ORDER));
    if (useOther) {
      joinToOther(shown.subList(limit, shown.size()));
      kept.add(OTHER);
    }
    return kept;
  }

  private double score(String value) {
    double score = 0;
    for (Map<String, List<Accumulator>> line : cells.values()) {
      List<Accumulator> cell = line.get(value);
      double number = cell == null ? 0 : cell.getFirst().result(run.seconds()).asNumber();
      score += Double.isNaN(number) ? 0 : number;
    }
    return score;
  }

  private void joinToOther(List<String> small) {
    for (Map<String, List<Accumulator>> line : cells.values()) {
      List<Accumulator> other = groups.start();
      for (String value : small) {
        List<Accumulator> cell = line.get(value);
        for (int i = 0; cell != null && i < cell.size(); i++) {
          other.get(i).join(cell.get(i));
        }
      }
      line.put(OTHER, other);
    }
  }

  /**
   * Puts a line's results into a row.
   *
   * @param seconds how long the line's stretch is, for rates
   */
  void results(Object place, List<String> chosen, Row row, double seconds, List<Boolean> zero) {
    Map<String, List<Accumulator>> line = cells.getOrDefault(place, Map.of());
    for (int i = 0; i < names.size(); i++) {
      for (String value : chosen) {
        List<Accumulator> cell = line.get(value);
        Value result = cell == null ? Value.nothing() : cell.get(i).result(seconds);
        String column = column(names.get(i), value);
        if (cell != null && cell.get(i).approximate()) {
          run.estimated(column);
        }
        row.put(column, result.isNothing() && zero.get(i) ? Value.number(0) : result);
      }
    }
  }

  /** All columns of the aggregates, in order. */
  List<String> columns(List<String> chosen) {
    List<String> columns = new ArrayList<>();
    names.forEach(name -> chosen.forEach(value -> columns.add(column(name, value))));
    return columns;
  }

  private String column(String name, String value) {
    if (value.equals(WHOLE)) {
      return name;
    }
    return names.size() == 1 ? value : name + ": " + value;
  }

  /** The values of the splitting field when nothing splits. */
  static List<String> whole() {
    return List.of(WHOLE);
  }
}
