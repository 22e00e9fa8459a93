package io.levee.console;

import io.levee.engine.query.eval.Value;
import io.levee.engine.query.pipe.Chart;
import io.levee.engine.query.pipe.Pipeline;
import io.levee.engine.query.pipe.QuestionText;
import io.levee.engine.query.pipe.Search;
import io.levee.engine.query.pipe.Stage;
import io.levee.engine.query.pipe.Stats;
import io.levee.engine.query.pipe.Top;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way from a row of an answer to the events behind it.
 *
 * @param keys the fields by which the question sums events up; none when there is no way back
 */
record Drill(List<String> keys, QuestionText text, Params params) {
  static Drill of(Pipeline pipeline, Params params) {
    QuestionText text = QuestionText.of(params.get("q"));
    for (Stage stage : pipeline.stages()) {
      List<String> keys =
          switch (stage) {
            case Stats stats -> stats.by();
            case Chart chart -> List.of(chart.over());
            case Top top -> joined(top);
            default -> List.of();
          };
      boolean searchable = keys.stream().noneMatch(Drill::isComputed);
      if (!keys.isEmpty() && searchable) {
        return new Drill(keys, text, params);
      }
      if (!(stage instanceof Search)) {
        break;
      }
    }
    return new Drill(List.of(), text, params);
  }

  private static List<String> joined(Top top) {
    List<String> all = new ArrayList<>(top.by());
    all.addAll(top.fields());
    return all;
  }

  /** Whether no filter can ask for it. */
  private static boolean isComputed(String key) {
    return key.startsWith("date_") || key.startsWith("_") || key.equals("punct");
  }

  /** Which column links lead from; -1 when none. */
  int column(List<String> columns) {
    return keys.isEmpty() || !columns.containsAll(keys) ? -1 : columns.indexOf(keys.getFirst());
  }

  /** The address of the events behind a row; null when there is no way back. */
  @Nullable String link(List<String> columns, List<Value> row) {
    if (column(columns) < 0) {
      return null;
    }
    QuestionText narrowed = text.events();
    for (String key : keys) {
      Value value = row.get(columns.indexOf(key));
      if (value instanceof Value.Many) {
        return null;
      }
      narrowed =
          narrowed.and(
              value.asText().isEmpty() || value.asText().equals("NULL")
                  ? "NOT _exists_:" + key
                  : QueryWords.term(key, value.asText()));
    }
    return params.without("view", "live").with("q", narrowed.text()).href();
  }
}
