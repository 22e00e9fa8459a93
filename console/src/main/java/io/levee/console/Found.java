package io.levee.console;

import io.levee.engine.ask.AnswerTable;
import io.levee.engine.ask.Asker;
import io.levee.engine.ask.Marks;
import io.levee.engine.ask.Plan;
import io.levee.engine.ask.Pulse;
import io.levee.engine.ask.Question;
import io.levee.engine.query.eval.Value;
import io.levee.engine.query.pipe.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a question, as far as a page shows it.
 *
 * @param rows each with a value for every column
 * @param sources the rows as they came, in the same order
 * @param more whether there are more rows than these
 */
record Found(
    List<String> columns,
    List<List<Value>> rows,
    List<Row> sources,
    boolean more,
    Plan plan,
    Marks marks) {
  /**
   * Asks.
   *
   * @param rowsMax the rest is left out
   */
  static Found ask(Asker asker, Question question, int rowsMax, Pulse pulse) {
    List<Row> rows = new ArrayList<>();
    Asker.Told told =
        asker.tell(
            question,
            row -> {
              rows.add(row);
              return rows.size() <= rowsMax;
            },
            pulse);
    boolean more = rows.size() > rowsMax;
    List<Row> kept = more ? rows.subList(0, rowsMax) : rows;
    List<String> columns = AnswerTable.columns(told.plan(), kept);
    List<List<Value>> values = new ArrayList<>();
    kept.forEach(row -> values.add(columns.stream().map(row::get).toList()));
    return new Found(columns, values, List.copyOf(kept), more, told.plan(), told.marks());
  }

  /** Whether the rows are events, which have more than these columns. */
  boolean areEvents() {
    return !sources.isEmpty() && sources.getFirst().isEvent();
  }
}
