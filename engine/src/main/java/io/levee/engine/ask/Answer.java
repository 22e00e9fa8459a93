package io.levee.engine.ask;

import io.levee.engine.query.eval.Value;
import io.levee.engine.query.pipe.Row;
import java.util.List;

/**
 * A whole answer.
 *
 * @param columns in order
 * @param rows each with a value for every column
 * @param events whether the rows are events, which have more than these columns
 * @param sources the rows as they came, in the same order
 */
public record Answer(
    List<String> columns,
    List<List<Value>> rows,
    boolean events,
    List<Row> sources,
    Plan plan,
    Marks marks) {
  public Answer {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    sources = List.copyOf(sources);
  }
}
