package io.levee.engine.query.pipe;

import io.levee.engine.query.TimeRange;
import io.levee.engine.query.eval.Setting;
import io.levee.engine.query.eval.Value;
import io.levee.event.Event;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the stages of a question over rows. */
final class Pipes {
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  static final Setting SETTING = new Setting(NOON, ZoneOffset.UTC);
  static final TimeRange DAY =
      new TimeRange(Instant.parse("2026-11-21T00:00:00Z"), Instant.parse("2026-11-22T00:00:00Z"));

  private Pipes() {}

  /** A row of names and values. */
  static Row row(Object... namesAndValues) {
    return weighted(1, namesAndValues);
  }

  /** A row that stands for several. */
  static Row weighted(long weight, Object... namesAndValues) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], value(namesAndValues[i + 1]));
    }
    return Row.over(new Fixed(fields), weight, SETTING).only(fields.keySet());
  }

  private static Value value(Object value) {
    return switch (value) {
      case Number number -> Value.number(number.doubleValue());
      case List<?> items -> Value.many(items.stream().map(item -> value(item)).toList());
      default -> Value.text(value.toString());
    };
  }

  private record Fixed(Map<String, Value> fields) implements RowSource {
    @Override
    public Value get(String field) {
      return fields.getOrDefault(field, Value.nothing());
    }

    @Override
    public Set<String> names() {
      return fields.keySet();
    }

    @Override
    public @Nullable Event event() {
      return null;
    }
  }

  static Pipeline read(String question) {
    return switch (PipelineParser.parse(question)) {
      case PipelineParser.Read(Pipeline pipeline) -> pipeline;
      case PipelineParser.Misread misread -> throw new AssertionError(misread.sentence());
    };
  }

  static PipelineParser.Misread misread(String question) {
    return switch (PipelineParser.parse(question)) {
      case PipelineParser.Read(Pipeline pipeline) -> throw new AssertionError(pipeline.toString());
      case PipelineParser.Misread misread -> misread;
    };
  }

  /** What comes out, a line a row: {@code name=value name=value}. */
  static List<String> run(String stages, Row... rows) {
    return run(new ArrayList<>(), 100_000, stages, rows);
  }

  /** The same, with what is left out told. */
  static List<String> run(List<String> partial, long room, String stages, Row... rows) {
    Run run =
        new Run(
            SETTING,
            DAY,
            new Room(room),
            (pipeline, range, taker) -> {
              Row moved = row("host", "a", "count", range.equals(DAY) ? 7 : 2);
              taker.accept(moved);
            });
    List<String> out = new ArrayList<>();
    Step step =
        new Step() {
          @Override
          public boolean row(Row row) {
            out.add(line(row));
            return true;
          }

          @Override
          public void end() {}
        };
    List<Stage> all = read("* | " + stages).stages();
    for (Stage stage : all.reversed()) {
      step = stage.step(step, run);
    }
    for (Row row : rows) {
      if (!step.row(row)) {
        break;
      }
    }
    step.end();
    run.close();
    partial.addAll(run.partial());
    return out;
  }

  private static String line(Row row) {
    return String.join(
        " ",
        row.names().stream()
            .map(name -> name + "=" + row.get(name).asText().replace('\n', '+'))
            .toList());
  }
}
