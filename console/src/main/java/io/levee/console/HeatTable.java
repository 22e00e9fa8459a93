package io.levee.console;

import java.util.ArrayList;
import java.util.List;

/** Numbers in cells that are the darker the greater they are. */
record HeatTable(String axis, List<String> columns, List<Row> rows, int hidden) implements Drawing {
  /** More columns than this are drawn instead. */
  static final int COLUMNS_MAX = 16;

  private static final int ROWS_MAX = 60;

  /** A line: its name and a cell for each column. */
  record Row(String name, List<Cell> cells) {}

  /**
   * One number.
   *
   * @param step how dark, 0 to 9
   */
  record Cell(String number, int step) {}

  /** The longer side stands upright. */
  static HeatTable of(Grid grid) {
    List<String> series = grid.series().stream().map(Grid.Series::name).toList();
    boolean turned = grid.kind() == Grid.Kind.NAMED;
    List<String> columns = turned ? series : words(grid);
    List<String> names = turned ? grid.labels() : series;
    double top = grid.highest(false);
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < Math.min(ROWS_MAX, names.size()); r++) {
      List<Cell> cells = new ArrayList<>();
      for (int c = 0; c < columns.size(); c++) {
        double value = grid.series().get(turned ? c : r).values().get(turned ? r : c);
        cells.add(cell(value, top));
      }
      rows.add(new Row(names.get(r), cells));
    }
    int hidden = Math.max(0, names.size() - ROWS_MAX);
    return new HeatTable(turned ? grid.axis() : "", columns, rows, hidden);
  }

  private static List<String> words(Grid grid) {
    return grid.times().isEmpty()
        ? grid.labels()
        : grid.times().stream().map(TimeText::clockOrDay).toList();
  }

  private static Cell cell(double value, double top) {
    boolean any = Double.isFinite(value) && value > 0 && top > 0;
    int step = any ? Math.clamp(Math.round(9 * Math.sqrt(value / top)), 1, 9) : 0;
    return new Cell(Double.isFinite(value) ? Cells.compact(value) : "", step);
  }
}
