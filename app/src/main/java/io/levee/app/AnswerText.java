package io.levee.app;

import io.levee.event.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer of the API as a terminal shows it.
 *
 * @param numbers which columns hold numbers
 */
record AnswerText(
    List<String> columns, List<Boolean> numbers, List<List<String>> rows, List<String> notes) {
  private static final int CELL_CHARS_MAX = 100;
  private static final String BARS = "▁▂▃▄▅▆▇█";

  static AnswerText of(Json.Obj answer) {
    List<String> columns = new ArrayList<>();
    List<Boolean> numbers = new ArrayList<>();
    for (Json column : answer.array("columns")) {
      Json.Obj object = (Json.Obj) column;
      columns.add(String.valueOf(object.text("name")));
      numbers.add("number".equals(object.text("type")));
    }
    List<List<String>> rows = new ArrayList<>();
    for (Json row : answer.array("rows")) {
      rows.add(((Json.Arr) row).items().stream().map(AnswerText::cell).toList());
    }
    return new AnswerText(columns, numbers, rows, notes(answer, rows.size()));
  }

  /** The saved questions of a project, by name. */
  static AnswerText ofQuestions(Json.Obj answer) {
    List<List<String>> rows = new ArrayList<>();
    for (Json each : answer.array("questions")) {
      Json.Obj question = (Json.Obj) each;
      rows.add(
          List.of(
              String.valueOf(question.text("name")),
              String.valueOf(question.text("range")),
              cell(Json.text(String.valueOf(question.text("q"))))));
    }
    return new AnswerText(
        List.of("name", "range", "question"),
        List.of(false, false, false),
        rows,
        List.of(rows.size() + (rows.size() == 1 ? " question" : " questions")));
  }

  private static List<String> notes(Json.Obj answer, int rows) {
    Json.Obj marks = answer.object("marks");
    List<String> notes = new ArrayList<>();
    notes.add(rows + (rows == 1 ? " row, " : " rows, ") + marks.text("took_millis") + " ms");
    marks.array("partial").forEach(why -> notes.add("partial: " + why.scalarText()));
    marks.array("approximate").forEach(name -> notes.add("an estimate: " + name.scalarText()));
    if ("true".equals(marks.text("sampled"))) {
      notes.add("some events stand for several; counts add their weights");
    }
    marks.array("notes").forEach(note -> notes.add(String.valueOf(note.scalarText())));
    answer.array("hints").forEach(hint -> notes.add(String.valueOf(hint.scalarText())));
    return notes;
  }

  private static String cell(Json value) {
    String text =
        value instanceof Json.Arr many
            ? String.join(", ", many.items().stream().map(AnswerText::cell).toList())
            : value.scalarText();
    String line = text == null ? "" : text.replace('\n', ' ');
    return line.length() > CELL_CHARS_MAX ? line.substring(0, CELL_CHARS_MAX - 1) + "…" : line;
  }

  /** In columns, numbers to the right. */
  List<String> table() {
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      int widest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
      widths.add(Math.max(columns.get(i).length(), widest));
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(columns, widths));
    lines.add(line(widths.stream().map("─"::repeat).toList(), widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private String line(List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String gap = " ".repeat(widths.get(i) - cells.get(i).length());
      line.append(i == 0 ? "" : "  ");
      line.append(numbers.get(i) ? gap + cells.get(i) : cells.get(i) + gap);
    }
    return line.toString().stripTrailing();
  }

  /** A line of bars for each column of numbers, with its greatest. */
  List<String> chart() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (numbers.get(i)) {
        int column = i;
        double[] values = rows.stream().mapToDouble(row -> number(row.get(column))).toArray();
        double most = java.util.Arrays.stream(values).max().orElse(0);
        lines.add(columns.get(i) + "  " + bars(values, most) + "  most " + most);
      }
    }
    return lines.isEmpty() ? table() : lines;
  }

  private static double number(String cell) {
    double value = io.levee.engine.query.Values.number(cell);
    return Double.isNaN(value) ? 0 : value;
  }

  private static String bars(double[] values, double most) {
    StringBuilder bars = new StringBuilder();
    for (double value : values) {
      int level = most <= 0 ? 0 : (int) Math.ceil(Math.max(0, value) / most * (BARS.length() - 1));
      bars.append(BARS.charAt(level));
    }
    return bars.toString();
  }
}
