package io.levee.engine.query.pipe;

import io.levee.engine.query.aggregate.Aggregate;
import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code chart}: aggregates by the values of one field, split into columns by another. */
public record Chart(
    int limit,
    boolean useOther,
    boolean useNull,
    List<Aggregate> aggregates,
    String over,
    @Nullable String by)
    implements Stage {
  static final Command COMMAND =
      Command.of(
          "chart",
          "chart [limit=10] [useother=t] [usenull=t] function[(field)] [as name] … over field [by"
              + " field]",
          "Adds up by the values of one field; with `by` the values of a second become columns."
              + " `chart … by a, b` is the same.",
          Chart::read,
          "* | chart count over host by level");

  public Chart {
    aggregates = List.copyOf(aggregates);
  }

  private static Stage read(StageReader in) {
    int limit = 10;
    boolean useOther = true;
    boolean useNull = true;
    while (true) {
      if (in.takeOption("limit")) {
        limit = in.number("limit", 0, 1_000);
      } else if (in.takeOption("useother")) {
        useOther = in.truth("useother");
      } else if (in.takeOption("usenull")) {
        useNull = in.truth("usenull");
      } else {
        break;
      }
    }
    List<Aggregate> aggregates = in.aggregates();
    List<String> fields = new ArrayList<>();
    if (in.takeWord("over")) {
      fields.add(in.field());
    }
    fields.addAll(in.by());
    if (fields.isEmpty() || fields.size() > 2) {
      throw in.wrong("one field behind over and at most one behind by");
    }
    String by = fields.size() == 2 ? fields.get(1) : null;
    return new Chart(limit, useOther, useNull, aggregates, fields.getFirst(), by);
  }

  @Override
  public Step step(Step next, Run run) {
    List<String> names = aggregates.stream().map(Aggregate::name).toList();
    Series series =
        new Series("chart", new Groups("chart", aggregates, List.of(), run), names, run);
    return new Step() {
      @Override
      public boolean row(Row row) {
        for (Value place : row.get(over).items()) {
          add(place, row);
        }
        return true;
      }

      private void add(Value place, Row row) {
        String key = place.asText();
        if (by == null) {
          series.add(key, null, row);
          return;
        }
        List<Value> splits = row.get(by).items();
        if (splits.isEmpty()) {
          series.add(key, Series.NULL, row);
        }
        splits.forEach(split -> series.add(key, split.asText(), row));
      }

      @Override
      public void end() {
        give(series, next, run);
        next.end();
      }
    };
  }

  private void give(Series series, Step next, Run run) {
    List<String> chosen = by == null ? Series.whole() : series.chosen(limit, useOther, useNull);
    List<Boolean> zero =
        aggregates.stream().map(aggregate -> aggregate.function().zeroWhenEmpty()).toList();
    List<String> places = new ArrayList<>();
    series.places().forEach(place -> places.add((String) place));
    places.sort(Comparator.comparing(Value::text, Value.ORDER));
    for (String place : places) {
      double number = Value.text(place).asNumber();
      Value value = Double.isNaN(number) ? Value.text(place) : Value.number(number);
      Row row = Row.fresh(run.setting()).put(over, value);
      series.results(place, chosen, row, run.seconds(), zero);
      if (!next.row(row)) {
        return;
      }
    }
  }

  @Override
  public void needs(Needs needs, Run run) {
    Stats.needs(aggregates, by == null ? List.of(over) : List.of(over, by), needs);
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
    List<String> columns = new ArrayList<>(List.of(over));
    aggregates.forEach(aggregate -> columns.add(aggregate.name()));
    return columns;
  }

  @Override
  public String show() {
    return "chart " + Stats.show(aggregates) + " over " + over + (by == null ? "" : " by " + by);
  }
}
