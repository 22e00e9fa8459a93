package io.levee.engine.query.aggregate;

import io.levee.engine.query.aggregate.AggregateFunction.Making;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The catalogue of the functions of {@code stats}. */
public final class Aggregates {
  private static final Pattern PERCENTILE =
      Pattern.compile("(p|perc|exactperc|upperperc)(\\d{1,3}(?:\\.\\d{1,3})?)");
  private static final Map<String, AggregateFunction> BY_NAME = byName();
  private static final Map<String, String> ALIASES =
      Map.of("c", "count", "mean", "avg", "distinct_count", "dc", "percentile", "perc");

  private Aggregates() {}

  /**
   * What a name means.
   *
   * @param parameter NaN when the name holds none
   */
  public record Named(AggregateFunction function, double parameter) {}

  /** Every function, in the order in which they are explained. */
  public static List<AggregateFunction> all() {
    return List.copyOf(BY_NAME.values());
  }

  /** Names to choose from. */
  public static Collection<String> names() {
    TreeSet<String> names = new TreeSet<>(BY_NAME.keySet());
    names.addAll(ALIASES.keySet());
    names.addAll(List.of("p50", "p90", "p95", "p99"));
    return names;
  }

  /** The function of a name, in any case, as in {@code p95}; null when there is none. */
  public static @Nullable Named find(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    AggregateFunction function = BY_NAME.get(ALIASES.getOrDefault(lower, lower));
    if (function != null) {
      return new Named(function, Double.NaN);
    }
    Matcher percentile = PERCENTILE.matcher(lower);
    if (!percentile.matches()) {
      return null;
    }
    double percent = Double.parseDouble(percentile.group(2));
    String base = percentile.group(1).equals("exactperc") ? "exactperc" : "perc";
    AggregateFunction found = BY_NAME.get(base);
    return percent > 100 || found == null ? null : new Named(found, percent);
  }

  private static Map<String, AggregateFunction> byName() {
    List<AggregateFunction> all = new ArrayList<>();
    counts(all);
    numbers(all);
    values(all);
    times(all);
    Map<String, AggregateFunction> byName = new LinkedHashMap<>();
    all.forEach(function -> byName.put(function.name(), function));
    return byName;
  }

  private static void counts(List<AggregateFunction> all) {
    all.add(
        new AggregateFunction(
            "count",
            "count, count(x), count(eval(condition))",
            "events, those that have x, those for which the condition holds; by weight",
            false,
            false,
            true,
            (p, w) -> new Counting()));
    all.add(
        zero(
            "dc",
            "dc(x), distinct_count(x)",
            "how many different values; above 10,000 an estimate by HyperLogLog, which is marked",
            (p, w) -> new Distinct()));
    all.add(zero("estdc", "estdc(x)", "the same", (p, w) -> new Distinct()));
  }

  private static void numbers(List<AggregateFunction> all) {
    all.add(zero("sum", "sum(x)", "sum", moments(Moments.What.SUM)));
    all.add(plain("sumsq", "sumsq(x)", "sum of squares", moments(Moments.What.SUM_OF_SQUARES)));
    all.add(plain("avg", "avg(x), mean(x)", "mean", moments(Moments.What.MEAN)));
    all.add(plain("min", "min(x)", "the least", extremes(Extremes.What.LEAST)));
    all.add(plain("max", "max(x)", "the greatest", extremes(Extremes.What.GREATEST)));
    all.add(plain("range", "range(x)", "from least to greatest", extremes(Extremes.What.DISTANCE)));
    all.add(plain("median", "median(x)", "the 50th percentile", (p, w) -> new Quantile(50)));
    all.add(
        plain(
            "perc",
            "p95(x), perc95(x), perc(x, 95)",
            "a percentile, at most 1 % off (DDSketch); exact up to 32 different numbers",
            (p, w) -> new Quantile(Double.isNaN(p) ? 50 : p)));
    all.add(
        plain(
            "exactperc",
            "exactperc95(x)",
            "a percentile from all numbers",
            (p, w) -> new ExactQuantile(Double.isNaN(p) ? 50 : p)));
    all.add(plain("mode", "mode(x)", "the most frequent value", (p, w) -> new Mode()));
    all.add(
        plain(
            "stdev",
            "stdev(x)",
            "standard deviation of a sample",
            moments(Moments.What.DEVIATION)));
    all.add(
        plain(
            "stdevp",
            "stdevp(x)",
            "standard deviation of all",
            moments(Moments.What.DEVIATION_OF_ALL)));
    all.add(plain("var", "var(x)", "variance of a sample", moments(Moments.What.VARIANCE)));
    all.add(plain("varp", "varp(x)", "variance of all", moments(Moments.What.VARIANCE_OF_ALL)));
    all.add(
        plain(
            "apdex",
            "apdex(duration, threshold)",
            "0 to 1: within the threshold whole, within four times half (Apdex 1.1)",
            (p, w) -> new Apdex(p)));
  }

  private static void values(List<AggregateFunction> all) {
    all.add(plain("values", "values(x)", "each value once, sorted", (p, w) -> new Listing(true)));
    all.add(
        ordered(
            "list", "list(x)", "the first 100 values as they came", (p, w) -> new Listing(false)));
    all.add(
        ordered(
            "first",
            "first(x)",
            "of the first row; newest events come first",
            edges(Edges.What.FIRST)));
    all.add(ordered("last", "last(x)", "of the last row", edges(Edges.What.LAST)));
    all.add(ordered("earliest", "earliest(x)", "the oldest value", edges(Edges.What.EARLIEST)));
    all.add(ordered("latest", "latest(x)", "the newest value", edges(Edges.What.LATEST)));
  }

  private static void times(List<AggregateFunction> all) {
    all.add(
        ordered(
            "earliest_time",
            "earliest_time(x)",
            "when the oldest was",
            edges(Edges.What.EARLIEST_TIME)));
    all.add(
        ordered(
            "latest_time", "latest_time(x)", "when the newest was", edges(Edges.What.LATEST_TIME)));
    all.add(ordered("rate", "rate(x)", "growth of a counter a second", edges(Edges.What.RATE)));
    all.add(plain("per_second", "per_second(x)", "sum a second", moments(Moments.What.PER_SECOND)));
    all.add(plain("per_minute", "per_minute(x)", "sum a minute", moments(Moments.What.PER_MINUTE)));
    all.add(plain("per_hour", "per_hour(x)", "sum an hour", moments(Moments.What.PER_HOUR)));
    all.add(plain("per_day", "per_day(x)", "sum a day", moments(Moments.What.PER_DAY)));
    all.add(
        new AggregateFunction(
            "sparkline",
            "sparkline, sparkline(x)",
            "a small chart of the count over time",
            false,
            true,
            false,
            (p, w) -> new Sparkline(w)));
  }

  private static Making moments(Moments.What what) {
    return (parameter, window) -> new Moments(what);
  }

  private static Making extremes(Extremes.What what) {
    return (parameter, window) -> new Extremes(what);
  }

  private static Making edges(Edges.What what) {
    return (parameter, window) -> new Edges(what);
  }

  private static AggregateFunction plain(
      String name, String signature, String meaning, Making making) {
    return new AggregateFunction(name, signature, meaning, true, false, false, making);
  }

  private static AggregateFunction zero(
      String name, String signature, String meaning, Making making) {
    return new AggregateFunction(name, signature, meaning, true, false, true, making);
  }

  private static AggregateFunction ordered(
      String name, String signature, String meaning, Making making) {
    return new AggregateFunction(name, signature, meaning, true, true, false, making);
  }
}
