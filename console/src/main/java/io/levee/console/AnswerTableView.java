package io.levee.console;

import io.levee.engine.ask.AnswerText;
import io.levee.engine.query.eval.Value;
import io.levee.engine.query.pipe.Pipeline;
import io.levee.engine.query.pipe.QuestionText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer as a table. */
record AnswerTableView(List<Head> heads, List<List<Cell>> rows) {
  /**
   * A column's head.
   *
   * @param sortLink the same question sorted by it
   * @param sorted ascending or descending when it is; null otherwise
   */
  record Head(String name, boolean numeric, String sortLink, @Nullable String sorted) {}

  /**
   * A value.
   *
   * @param link the events behind the row; null in most cells
   */
  record Cell(String text, boolean numeric, @Nullable String link) {}

  static AnswerTableView of(Found found, Pipeline pipeline, Params params) {
    QuestionText text = QuestionText.of(params.get("q"));
    String sorted = text.sorted();
    List<Head> heads = new ArrayList<>();
    for (int i = 0; i < found.columns().size(); i++) {
      String name = found.columns().get(i);
      boolean downwards = sorted.equals("-" + name);
      boolean upwards = sorted.equals(name);
      boolean numeric = numeric(found, i);
      boolean greatest = downwards ? false : upwards || numeric;
      heads.add(
          new Head(
              name,
              numeric,
              params.with("q", text.sortedBy(name, greatest).text()).href(),
              downwards ? "descending" : upwards ? "ascending" : null));
    }
    Drill drill = Drill.of(pipeline, params);
    int linked = drill.column(found.columns());
    List<List<Cell>> rows = new ArrayList<>();
    for (List<Value> row : found.rows()) {
      List<Cell> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        String words = Cells.text(found.columns().get(i), row.get(i));
        boolean leads = i == linked;
        cells.add(
            new Cell(
                leads ? Cells.named(words) : words,
                heads.get(i).numeric(),
                leads ? drill.link(found.columns(), row) : null));
      }
      rows.add(cells);
    }
    return new AnswerTableView(heads, rows);
  }

  private static boolean numeric(Found found, int column) {
    return !AnswerText.isTime(found.columns().get(column))
        && found.rows().stream()
            .map(row -> row.get(column))
            .allMatch(value -> value instanceof Value.Num || value.isNothing())
        && found.rows().stream().anyMatch(row -> !row.get(column).isNothing());
  }
}
