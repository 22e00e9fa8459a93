package io.levee.engine.ask;

import io.levee.engine.query.eval.Value;
import io.levee.engine.query.pipe.Row;
import io.levee.engine.query.pipe.Stage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers rows, and says which columns they have. Used by one thread. */
public final class AnswerTable {
  /** What is shown of events when the question chooses no fields. */
  public static final List<String> EVENT_COLUMNS =
      List.of("_time", "level", "kind", "host", "environment", "logger", "title", "id");

  private final int rowsMax;
  private final List<Row> rows = new ArrayList<>();
  private boolean cut;

  AnswerTable(int rowsMax) {
    this.rowsMax = rowsMax;
  }

  boolean row(Row row) {
    if (rows.size() >= rowsMax) {
      cut = true;
      return false;
    }
    rows.add(row);
    return true;
  }

  boolean cut() {
    return cut;
  }

  Answer answer(Plan plan, Marks marks) {
    boolean events = !rows.isEmpty() && rows.getFirst().isEvent();
    List<String> columns = columns(plan, rows);
    List<List<Value>> values = new ArrayList<>();
    for (Row row : rows) {
      values.add(columns.stream().map(row::get).toList());
    }
    return new Answer(columns, values, events, rows, plan, marks);
  }

  /** The columns that a plan promises, and those that rows have beside these. */
  public static List<String> columns(Plan plan, List<Row> rows) {
    @Nullable List<String> promised = null;
    for (Stage stage : plan.stages()) {
      promised = stage.columns(promised);
    }
    Set<String> columns = new LinkedHashSet<>();
    if (promised != null) {
      columns.addAll(promised);
    } else if (rows.isEmpty() || rows.getFirst().isEvent()) {
      columns.addAll(EVENT_COLUMNS);
    }
    rows.forEach(row -> columns.addAll(row.assigned()));
    return List.copyOf(columns);
  }
}
