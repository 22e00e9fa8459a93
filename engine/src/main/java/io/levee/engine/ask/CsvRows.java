package io.levee.engine.ask;

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
 * Comma-separated values (RFC 4180). The columns are those of the first thousand rows. A text that
 * a spreadsheet would take for a formula gets an apostrophe before it; control characters that
 * would hide such a beginning are left out. Used by one thread.
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
  public void begin() {}

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
    write(columns.stream().map(CsvRows::harmless).toList());
    for (Row row : first) {
      line(row);
    }
    first.clear();
  }

  private void line(Row row) throws IOException {
    List<String> cells = new ArrayList<>();
    for (String column : columns) {
      Value value = row.get(column);
      String text = AnswerText.shown(column, value, zone);
      cells.add(value instanceof Value.Num ? text : harmless(text));
    }
    write(cells);
  }

  private void write(List<String> cells) throws IOException {
    StringBuilder line = new StringBuilder();
    String separator = "";
    for (String cell : cells) {
      line.append(separator).append(quoted(cell));
      separator = ",";
    }
    out.write(line.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
  }

  /** A text that no spreadsheet computes. Numbers below zero are numbers and stay. */
  private static String harmless(String text) {
    StringBuilder clean = new StringBuilder(text.length() + 1);
    text.chars()
        .filter(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t')
        .forEach(c -> clean.append((char) c));
    if (!clean.isEmpty() && "=+-@\t\r\n".indexOf(clean.charAt(0)) >= 0) {
      clean.insert(0, '\'');
    }
    return clean.toString();
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain && !cell.isEmpty() ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  @Override
  public void end() throws IOException {
    if (columns.isEmpty()) {
      head();
    }
  }

  @Override
  public void partial(String why) throws IOException {
    end();
    write(List.of("# partial: " + why));
  }

  @Override
  public void check() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }
}
