package io.levee.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An answer as a picture. */
sealed interface Drawing permits Plot, RankChart, PieChart, BigNumbers, HeatTable {
  /** A colour and what it means. */
  record Key(String colour, String name) {}

  /**
   * Draws a grid.
   *
   * @return null when this kind is no picture
   */
  static @Nullable Drawing of(AnswerKind kind, Grid grid) {
    boolean named = grid.kind() == Grid.Kind.NAMED;
    return switch (kind) {
      case EVENTS, TABLE -> null;
      case LINE, AREA -> Plot.of(kind, grid);
      case BAR -> named ? RankChart.of(grid) : Plot.of(kind, grid);
      case PIE -> PieChart.of(grid);
      case VALUE -> BigNumbers.of(grid);
      case HEAT ->
          !named && grid.points() > HeatTable.COLUMNS_MAX
              ? Plot.of(kind, grid)
              : HeatTable.of(grid);
    };
  }

  /** A colour for each series: levels have their own, others go by their place. */
  static List<String> colours(List<String> names) {
    Set<String> levels = Set.of("fatal", "error", "warning", "info", "debug", "trace");
    boolean allLevels = levels.containsAll(names);
    List<String> colours = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      boolean rest = names.get(i).equals("OTHER") || names.get(i).equals("others");
      colours.add(allLevels ? "k-" + names.get(i) : rest ? "k-rest" : "k" + (i % COLOURS + 1));
    }
    return colours;
  }

  /** How many colours there are. */
  int COLOURS = 11;
}
