package io.levee.engine.query.pipe;

import io.levee.engine.query.TimeRange;
import io.levee.engine.query.aggregate.Aggregate;
import io.levee.engine.query.eval.Value;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code timechart}: aggregates by steps of time, steps without rows included.
 *
 * @param span null to choose it by the range
 * @param limit how many values of the splitting field have a column; 0 for all
 */
public record Timechart(
    @Nullable Span span,
    int bins,
    int limit,
    boolean useOther,
    boolean useNull,
    boolean fixedRange,
    boolean continuous,
    List<Aggregate> aggregates,
    @Nullable String by)
    implements Stage {
  private static final int STEPS_MAX = 100_000;

  static final Command COMMAND =
      Command.of(
          "timechart",
          "timechart [span=1h] [bins=100] [limit=10] [useother=t] [usenull=t] [fixedrange=t]"
              + " [cont=t] function[(field)] [as name] … [by field]",
          "Adds up by steps of time: one row a step over the whole range, with zeros where counts"
              + " are empty. With `by` the values become columns, the small ones joined to OTHER.",
          Timechart::read,
          "* | timechart span=1h count by level",
          "* | timechart span=6h count, avg(duration) as mean");

  public Timechart {
    aggregates = List.copyOf(aggregates);
  }

  private static Stage read(StageReader in) {
    Span span = null;
    int bins = 100;
    int limit = 10;
    boolean[] flags = {true, true, true, true};
    while (true) {
      if (in.takeOption("span")) {
        span = in.span();
      } else if (in.takeOption("bins")) {
        bins = in.number("bins", 1, 10_000);
      } else if (in.takeOption("limit")) {
        limit = in.number("limit", 0, 1_000);
      } else if (in.takeOption("useother")) {
        flags[0] = in.truth("useother");
      } else if (in.takeOption("usenull")) {
        flags[1] = in.truth("usenull");
      } else if (in.takeOption("fixedrange")) {
        flags[2] = in.truth("fixedrange");
      } else if (in.takeOption("cont")) {
        flags[3] = in.truth("cont");
      } else {
        break;
      }
    }
    List<Aggregate> aggregates = in.aggregates();
    List<String> by = in.by();
    if (by.size() > 1) {
      throw in.wrong("one field behind by");
    }
    return new Timechart(
        span,
        bins,
        limit,
        flags[0],
        flags[1],
        flags[2],
        flags[3],
        aggregates,
        by.isEmpty() ? null : by.getFirst());
  }

  private Span span(TimeRange range) {
    return span == null ? Span.covering(range, bins) : span;
  }

  @Override
  public Step step(Step next, Run run) {
    return new Charting(next, run);
  }

  private final class Charting implements Step {
    private final Step next;
    private final Run run;
    private final Series series;
    private final ZoneId zone;
    private final Span steps;
    private final long[] starts;

    Charting(Step next, Run run) {
      this.next = next;
      this.run = run;
      this.zone = run.setting().zone();
      this.steps = span(run.range());
      List<String> names = aggregates.stream().map(Aggregate::name).toList();
      this.series =
          new Series("timechart", new Groups("timechart", aggregates, List.of(), run), names, run);
      List<Instant> all = steps.starts(run.range(), zone, STEPS_MAX);
      if (all == null) {
        run.leftOut(
            "timechart: span="
                + steps
                + " makes more than "
                + STEPS_MAX
                + " steps of this range;"
                + " empty steps are left out");
      }
      this.starts =
          all == null ? new long[0] : all.stream().mapToLong(Instant::getEpochSecond).toArray();
    }

    @Override
    public boolean row(Row row) {
      double seconds = row.seconds();
      if (Double.isNaN(seconds)) {
        return true;
      }
      long start = start(seconds);
      if (by == null) {
        series.add(start, null, row);
        return true;
      }
      List<Value> splits = row.get(by).items();
      if (splits.isEmpty()) {
        series.add(start, Series.NULL, row);
      }
      splits.forEach(split -> series.add(start, split.asText(), row));
      return true;
    }

    private long start(double seconds) {
      long at = (long) Math.floor(seconds);
      if (starts.length == 0) {
        return steps.floor(Instant.ofEpochSecond(at), zone).getEpochSecond();
      }
      int found = Arrays.binarySearch(starts, at);
      int index = found >= 0 ? found : -found - 2;
      return starts[Math.clamp(index, 0, starts.length - 1)];
    }

    @Override
    public void end() {
      List<Long> lines = lines();
      List<String> chosen = by == null ? Series.whole() : series.chosen(limit, useOther, useNull);
      List<Boolean> zero =
          aggregates.stream().map(aggregate -> aggregate.function().zeroWhenEmpty()).toList();
      for (int i = 0; i < lines.size(); i++) {
        long start = lines.get(i);
        Row row = Row.fresh(run.setting()).put(Row.TIME, Value.number((double) start));
        series.results(start, chosen, row, (double) steps.seconds(), zero);
        if (!next.row(row)) {
          break;
        }
      }
      next.end();
    }

    private List<Long> lines() {
      List<Long> held = new ArrayList<>();
      series.places().forEach(place -> held.add((Long) place));
      held.sort(null);
      if (!continuous || starts.length == 0) {
        return held;
      }
      List<Long> lines = new ArrayList<>();
      for (long start : starts) {
        boolean within =
            fixedRange || (!held.isEmpty() && start >= held.getFirst() && start <= held.getLast());
        if (within) {
          lines.add(start);
        }
      }
      return lines;
    }
  }

  @Override
  public void needs(Needs needs, Run run) {
    Stats.needs(aggregates, by == null ? List.of() : List.of(by), needs);
    needs.time(span(run.range()));
  }

  @Override
  public boolean sumsUp() {
    return true;
  }

  @Override
  public @Nullable List<String> columns(@Nullable List<String> before) {
    if (by != null) {
      return null;
    }
    List<String> columns = new ArrayList<>(List.of(Row.TIME));
    aggregates.forEach(aggregate -> columns.add(aggregate.name()));
    return columns;
  }

  @Override
  public String show() {
    return "timechart "
        + (span == null ? "bins=" + bins : "span=" + span)
        + " "
        + Stats.show(aggregates)
        + (by == null ? "" : " by " + by + " limit=" + limit);
  }
}
