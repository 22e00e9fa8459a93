package io.levee.console;

import io.levee.engine.ask.AnswerText;
import io.levee.engine.query.aggregate.Aggregate;
import io.levee.engine.query.eval.Value;
import io.levee.engine.query.pipe.Chart;
import io.levee.engine.query.pipe.PatternsStage;
import io.levee.engine.query.pipe.Stage;
import io.levee.engine.query.pipe.Stats;
import io.levee.engine.query.pipe.Timechart;
import io.levee.engine.query.pipe.Top;
import io.levee.event.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An answer as numbers along an axis: what charts are drawn of.
 *
 * @param axis the name of what runs along it; empty when there is a single point
 * @param labels of the points
 * @param times of the points; empty unless the axis is time
 * @param series at least one, each with a number for every point
 * @param additive whether the series are parts of a whole, so that they may be stacked
 */
record Grid(
    String axis,
    Kind kind,
    List<String> labels,
    List<Instant> times,
    List<Series> series,
    boolean additive) {
  /** What the points are. */
  enum Kind {
    /** There is one, without a name. */
    SINGLE,
    TIME,
    /** Numbers, hours, days of the week: in an order of their own. */
    ORDERED,
    NAMED
  }

  /**
   * The numbers of one thing.
   *
   * @param values NaN where there is none
   */
  record Series(String name, List<Double> values) {
    double sum() {
      return values.stream().filter(Double::isFinite).mapToDouble(v -> v).sum();
    }
  }

  private static final int SERIES_MAX = 12;
  private static final String OTHERS = "others";

  /** How the question sums up: by what, and whether its numbers can be added. */
  private record Summing(List<String> keys, List<String> hidden, boolean additive) {}

  /** The grid of an answer; null when it can't be drawn. */
  static @Nullable Grid of(Found found) {
    if (found.rows().isEmpty() || found.areEvents()) {
      return null;
    }
    Summing summing = summing(found);
    List<Integer> keys = summing.keys().stream().map(found.columns()::indexOf).toList();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < found.columns().size(); i++) {
      boolean shown = !keys.contains(i) && !summing.hidden().contains(found.columns().get(i));
      if (shown && isNumeric(found, i)) {
        numbers.add(i);
      }
    }
    if (numbers.isEmpty() || keys.size() > 2 || (keys.isEmpty() && found.rows().size() > 1)) {
      return null;
    }
    return keys.size() == 2
        ? pivoted(found, keys.getFirst(), keys.get(1), numbers.getFirst(), summing.additive())
        : along(found, keys.isEmpty() ? -1 : keys.getFirst(), numbers, summing.additive());
  }

  private static boolean isNumeric(Found found, int column) {
    boolean any = false;
    for (List<Value> row : found.rows()) {
      Value value = row.get(column);
      if (!value.isNothing()) {
        any = true;
        if (!(value instanceof Value.Num)) {
          return false;
        }
      }
    }
    return any;
  }

  private static Summing summing(Found found) {
    for (Stage stage : found.plan().stages().reversed()) {
      Summing summing =
          switch (stage) {
            case Stats stats -> new Summing(stats.by(), List.of(), adds(stats.aggregates()));
            case Timechart chart ->
                new Summing(
                    List.of("_time"),
                    List.of(),
                    (chart.by() != null || single(chart.aggregates())) && adds(chart.aggregates()));
            case Chart chart ->
                new Summing(
                    List.of(chart.over()),
                    List.of(),
                    (chart.by() != null || single(chart.aggregates())) && adds(chart.aggregates()));
            case Top top -> top(top);
            case PatternsStage ignored -> new Summing(List.of("pattern"), List.of("percent"), true);
            default -> null;
          };
      if (summing != null) {
        return found.columns().containsAll(summing.keys()) ? summing : guess(found);
      }
    }
    return guess(found);
  }

  private static Summing top(Top top) {
    List<String> keys = new ArrayList<>(top.by());
    keys.addAll(top.fields());
    return new Summing(keys, List.of(top.shareName()), true);
  }

  private static boolean single(List<Aggregate> aggregates) {
    return aggregates.size() == 1;
  }

  /** Counts and sums of parts are parts of the sum; means and distinct values are not. */
  private static boolean adds(List<Aggregate> aggregates) {
    return aggregates.stream()
        .map(Aggregate::function)
        .allMatch(function ->
            (function.zeroWhenEmpty() || function.name().startsWith("per_"))
                && !function.name().endsWith("dc"));
  }

  /** Nobody says what the rows are of: the columns before the first number. */
  private static Summing guess(Found found) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < found.columns().size(); i++) {
      String name = found.columns().get(i);
      if (isNumeric(found, i) && !AnswerText.isTime(name)) {
        break;
      }
      keys.add(name);
    }
    return new Summing(keys, List.of(), false);
  }

  private static Grid along(Found found, int key, List<Integer> numbers, boolean additive) {
    List<Value> points = new ArrayList<>();
    found.rows().forEach(row -> points.add(key < 0 ? Value.text("") : row.get(key)));
    List<Series> series = new ArrayList<>();
    for (int number : numbers) {
      List<Double> values = new ArrayList<>();
      found.rows().forEach(row -> values.add(row.get(number).asNumber()));
      series.add(new Series(found.columns().get(number), values));
    }
    return made(key < 0 ? "" : found.columns().get(key), points, series, additive);
  }

  private static Grid pivoted(Found found, int key, int split, int number, boolean additive) {
    List<Value> points = new ArrayList<>(new java.util.LinkedHashSet<>(column(found, key)));
    Map<String, List<Double>> series = new LinkedHashMap<>();
    for (List<Value> row : found.rows()) {
      List<Double> values =
          series.computeIfAbsent(
              Cells.named(row.get(split).asText()), ignored -> nothing(points.size()));
      values.set(points.indexOf(row.get(key)), row.get(number).asNumber());
    }
    List<Series> all = new ArrayList<>();
    series.forEach((name, values) -> all.add(new Series(name, values)));
    return made(found.columns().get(key), points, all, additive);
  }

  private static List<Double> nothing(int size) {
    return new ArrayList<>(java.util.Collections.nCopies(size, Double.NaN));
  }

  private static List<Value> column(Found found, int column) {
    return found.rows().stream().map(row -> row.get(column)).toList();
  }

  private static Grid made(String axis, List<Value> points, List<Series> series, boolean additive) {
    if (axis.isEmpty()) {
      return new Grid("", Kind.SINGLE, List.of(""), List.of(), series, additive);
    }
    List<Instant> times = new ArrayList<>();
    points.stream()
        .map(point -> AnswerText.time(axis, point))
        .filter(Objects::nonNull)
        .forEach(times::add);
    if (times.size() == points.size()) {
      List<String> labels = times.stream().map(TimeText::absolute).toList();
      return new Grid(axis, Kind.TIME, labels, times, few(series, additive), additive);
    }
    List<String> labels = points.stream().map(point -> Cells.named(point.asText())).toList();
    List<String> order = Clockwork.of(axis);
    if (!order.isEmpty() && order.containsAll(labels)) {
      return inOrder(axis, order, labels, few(series, additive), additive);
    }
    boolean ordered = points.stream().noneMatch(point -> Double.isNaN(point.asNumber()));
    Kind kind = ordered ? Kind.ORDERED : Kind.NAMED;
    return new Grid(axis, kind, labels, List.of(), few(series, additive), additive);
  }

  /** With the hours or days that have no row, so that the others stand where one looks for them. */
  private static Grid inOrder(
      String axis, List<String> order, List<String> labels, List<Series> series, boolean additive) {
    List<Series> whole = new ArrayList<>();
    for (Series one : series) {
      List<Double> values = new ArrayList<>();
      for (String label : order) {
        int at = labels.indexOf(label);
        values.add(at >= 0 ? one.values().get(at) : additive ? 0.0 : Double.NaN);
      }
      whole.add(new Series(one.name(), values));
    }
    return new Grid(axis, Kind.ORDERED, order, List.of(), whole, additive);
  }

  /** The largest; the rest joined, where that means something. */
  private static List<Series> few(List<Series> series, boolean additive) {
    if (series.size() <= SERIES_MAX) {
      return worstFirst(series);
    }
    List<Series> largest =
        series.stream()
            .sorted((a, b) -> Double.compare(b.sum(), a.sum()))
            .limit(SERIES_MAX - 1)
            .toList();
    List<Series> kept = new ArrayList<>(series.stream().filter(largest::contains).toList());
    if (additive) {
      List<Double> rest = nothing(series.getFirst().values().size());
      for (Series one : series) {
        for (int i = 0; !largest.contains(one) && i < rest.size(); i++) {
          double value = one.values().get(i);
          if (Double.isFinite(value)) {
            rest.set(i, value + (Double.isFinite(rest.get(i)) ? rest.get(i) : 0));
          }
        }
      }
      kept.add(new Series(OTHERS, rest));
    }
    return kept;
  }

  /** Levels in the order that they have everywhere; other series as they are. */
  private static List<Series> worstFirst(List<Series> series) {
    List<String> order =
        java.util.Arrays.stream(Level.values()).map(Level::wireName).toList().reversed();
    boolean levels = series.stream().allMatch(one -> order.contains(one.name()));
    return levels
        ? series.stream().sorted(Comparator.comparingInt(one -> order.indexOf(one.name()))).toList()
        : series;
  }

  int points() {
    return labels.size();
  }

  /** The greatest number, or the greatest sum of a point when they are stacked. */
  double highest(boolean stacked) {
    double highest = 0;
    for (int i = 0; i < points(); i++) {
      double sum = 0;
      for (Series one : series) {
        double value = one.values().get(i);
        sum = stacked ? sum + (Double.isFinite(value) ? Math.max(0, value) : 0) : sum;
        highest = Double.isFinite(value) ? Math.max(highest, value) : highest;
      }
      highest = Math.max(highest, sum);
    }
    return highest;
  }

  /** The least number that is below zero; zero when none is. */
  double lowest() {
    return series.stream()
        .flatMap(one -> one.values().stream())
        .filter(Double::isFinite)
        .mapToDouble(v -> v)
        .min()
        .stream()
        .map(least -> Math.min(0, least))
        .findFirst()
        .orElse(0);
  }
}
