package io.levee.edge.api;

import io.levee.engine.ask.AnswerTable;
import io.levee.engine.ask.Plan;
import io.levee.engine.query.eval.Value;
import io.levee.engine.query.pipe.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values (RFC 4180). The columns are those of the first thousand rows. A value that
 * a spreadsheet would take for a formula gets an apostrophe before it. Used by one thread.
 */
final class CsvRows implements RowWriter {
  private static final int ROWS_FOR_COLUMNS = 1_000;

  private final OutputStream out;
  private final Plan plan;
  private final ZoneId zone;
  private final List<Row> first = new ArrayList<>();
  private List<String> columns = List.of();
  private @Nullable IOException failure;

  CsvRows(OutputStream out, Plan plan, ZoneId zone) {
    this.out = out;
    this.plan = plan;
    this.zone = zone;
  }

  @Override
  public void begin(Plan started) {}

  @Override
  public boolean row(Row row) {
    try {
      if (columns.isEmpty()) {
        first.add(row);
        if (first.size() == ROWS_FOR_COLUMNS) {
          head();
        }
      } else {
        line(row);
      }
      return true;
    } catch (IOException e) {
      failure = e;
      return false;
    }
  }

  private void head() throws IOException {
    columns = AnswerTable.columns(plan, first);
    write(columns);
    for (Row row : first) {
      line(row);
    }
    first.clear();
  }

  private void line(Row row) throws IOException {
    List<String> cells = new ArrayList<>();
    for (String column : columns) {
      Value value = row.get(column);
      cells.add(AnswerJson.shown(column, value, zone));
    }
    write(cells);
  }

  private void write(List<String> cells) throws IOException {
    StringBuilder line = new StringBuilder();
    for (String cell : cells) {
      line.append(line.isEmpty() ? "" : ",").append(quoted(cell));
    }
    out.write(line.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(String cell) {
    boolean formula = !cell.isEmpty() && "=+@\t".indexOf(cell.charAt(0)) >= 0;
    String safe = formula ? "'" + cell : cell;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain && !safe.isEmpty() ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  @Override
  public void end(List<String> partial) throws IOException {
    if (columns.isEmpty()) {
      head();
    }
    for (String why : partial) {
      failed(why);
    }
  }

  @Override
  public void failed(String why) throws IOException {
    write(List.of("# partial: " + why));
  }

  @Override
  public void check() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }
}
