package io.levee.console;

import java.util.ArrayList;
import java.util.List;

/**
 * Bars that lie, a line a name: names need room.
 *
 * @param measure the name of what the bars show; empty when their parts have names
 * @param others the names of the numbers that stand behind the bars
 * @param hidden how many lines there are besides
 */
record RankChart(
    String axis, String measure, List<String> others, List<Line> lines, List<Key> keys, int hidden)
    implements Drawing {
  private static final int LINES_MAX = 50;

  /** A name with its bar. */
  record Line(int row, String name, List<Part> parts, String number, List<String> more) {}

  /** A stretch of the bar, of 100 units. */
  record Part(String colour, String x, String width) {}

  static RankChart of(Grid grid) {
    boolean stacked = grid.series().size() > 1 && grid.additive() && grid.lowest() >= 0;
    List<String> names = grid.series().stream().map(Grid.Series::name).toList();
    List<String> colours = Drawing.colours(names);
    double top = highest(grid, stacked);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < Math.min(LINES_MAX, grid.points()); i++) {
      lines.add(line(grid, i, stacked, colours, top));
    }
    List<Key> keys = new ArrayList<>();
    for (int s = 0; stacked && s < names.size(); s++) {
      keys.add(new Key(colours.get(s), names.get(s)));
    }
    List<String> others = stacked ? List.of() : names.subList(1, names.size());
    return new RankChart(
        grid.axis(),
        stacked ? "" : names.getFirst(),
        others,
        lines,
        keys,
        Math.max(0, grid.points() - LINES_MAX));
  }

  private static double highest(Grid grid, boolean stacked) {
    return stacked
        ? grid.highest(true)
        : grid.series().getFirst().values().stream()
            .filter(Double::isFinite)
            .mapToDouble(Math::abs)
            .max()
            .orElse(0);
  }

  private static Line line(
      Grid grid, int point, boolean stacked, List<String> colours, double top) {
    List<Part> parts = new ArrayList<>();
    double sum = 0;
    int bars = stacked ? grid.series().size() : 1;
    for (int s = 0; s < bars; s++) {
      double value = grid.series().get(s).values().get(point);
      double size = Double.isFinite(value) && top > 0 ? Math.abs(value) : 0;
      if (size > 0) {
        parts.add(
            new Part(colours.get(s), Figures.svg(100 * sum / top), Figures.svg(100 * size / top)));
      }
      sum += stacked ? size : value;
    }
    List<String> more = new ArrayList<>();
    for (int s = 1; !stacked && s < grid.series().size(); s++) {
      more.add(Cells.number(grid.series().get(s).values().get(point)));
    }
    return new Line(point, grid.labels().get(point), parts, Cells.number(sum), more);
  }
}
