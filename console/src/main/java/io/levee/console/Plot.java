package io.levee.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines, areas, columns or a heat map over a running axis, in a box of {@link Chart#WIDTH} by
 * {@link Chart#HEIGHT} units that is stretched to its place.
 *
 * @param kind of them
 * @param top the number at the upper end of the axis, in words
 * @param half … in its middle
 * @param bottom … at its lower end
 * @param rows the words before the rows of a heat map; empty otherwise
 * @param columns what the reader points at: one for each point
 * @param fromMillis where a stretch of time begins; -1 when the axis is none
 */
record Plot(
    AnswerKind kind,
    String top,
    String half,
    String bottom,
    List<String> rows,
    List<Shape> shapes,
    List<Column> columns,
    List<Chart.Tick> ticks,
    List<Key> keys,
    String caption,
    String description,
    long fromMillis,
    long toMillis)
    implements Drawing {
  /**
   * A line or an area.
   *
   * @param css its classes
   * @param path in SVG's words
   */
  record Shape(String css, String path) {}

  /** One point with all that stands at it. */
  record Column(String x, String width, List<Box> boxes, String title) {}

  /**
   * A rectangle.
   *
   * @param opacity 0 to 1
   */
  record Box(String css, String x, String y, String width, String height, String opacity) {}

  private static final int LABELS_MAX = 8;
  private static final int SHORT_LABELS_MAX = 31;
  private static final int SHORT_CHARS = 3;
  private static final int TITLE_LINES_MAX = 14;

  static Plot of(AnswerKind kind, Grid grid) {
    Scale scale = Scale.of(kind, grid);
    List<String> names = grid.series().stream().map(Grid.Series::name).toList();
    List<String> colours = Drawing.colours(names);
    PlotShapes shapes = new PlotShapes(grid, scale, colours);
    List<Shape> drawn =
        switch (kind) {
          case LINE -> shapes.lines();
          case AREA -> shapes.areas();
          default -> List.of();
        };
    double step = (double) Chart.WIDTH / grid.points();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < grid.points(); i++) {
      List<Box> boxes =
          switch (kind) {
            case BAR -> shapes.bars(i);
            case HEAT -> shapes.cells(i);
            default -> List.of();
          };
      columns.add(new Column(Figures.svg(i * step), Figures.svg(step), boxes, title(grid, i)));
    }
    boolean heat = kind == AnswerKind.HEAT;
    List<Key> keys = new ArrayList<>();
    for (int i = 0; !heat && i < names.size() && names.size() > 1; i++) {
      keys.add(new Key(colours.get(i), names.get(i)));
    }
    Duration width = width(grid);
    boolean zooms = width.isPositive();
    Instant from = zooms ? grid.times().getFirst() : Instant.EPOCH;
    Instant to = zooms ? grid.times().getLast().plus(width) : Instant.EPOCH;
    return new Plot(
        kind,
        Cells.compact(scale.top()),
        scale.bottom() == 0 ? Cells.compact(scale.top() / 2) : "",
        Cells.compact(scale.bottom()),
        heat ? names : List.of(),
        drawn,
        columns,
        zooms ? Chart.ticks(from, to) : labels(grid),
        keys,
        caption(grid, names, width),
        grid.points() + " points of " + String.join(", ", names) + " by " + grid.axis(),
        zooms ? from.toEpochMilli() : -1,
        zooms ? to.toEpochMilli() : -1);
  }

  /** The step between the points; zero when there is one, or the steps differ much. */
  private static Duration width(Grid grid) {
    List<Instant> times = grid.times();
    if (times.size() < 2) {
      return Duration.ZERO;
    }
    Duration first = Duration.between(times.getFirst(), times.get(1));
    Duration whole = Duration.between(times.getFirst(), times.getLast());
    Duration even = whole.dividedBy(times.size() - 1L);
    return even.minus(first).abs().compareTo(first.dividedBy(4)) <= 0 ? even : Duration.ZERO;
  }

  private static String caption(Grid grid, List<String> names, Duration width) {
    String what = names.size() == 1 ? names.getFirst() : names.size() + " series";
    return width.isPositive()
        ? what + " per " + TimeText.span(width.toSeconds()) + ", " + Reader.current().zoneName()
        : what + " by " + grid.axis();
  }

  private static List<Chart.Tick> labels(Grid grid) {
    int longest = grid.labels().stream().mapToInt(String::length).max().orElse(0);
    int wanted = longest <= SHORT_CHARS ? SHORT_LABELS_MAX : LABELS_MAX;
    int each = Math.max(1, (grid.points() + wanted - 1) / wanted);
    List<Chart.Tick> ticks = new ArrayList<>();
    for (int i = 0; i < grid.points(); i += each) {
      String x = Figures.svg(100.0 * (i + 0.5) / grid.points()) + "%";
      ticks.add(new Chart.Tick(x, shortened(grid.labels().get(i))));
    }
    return ticks;
  }

  private static String shortened(String label) {
    int most = 14;
    return label.length() > most ? label.substring(0, most - 1) + "…" : label;
  }

  /** The point, then its largest numbers. */
  private static String title(Grid grid, int point) {
    StringBuilder words = new StringBuilder(grid.labels().get(point));
    List<Grid.Series> shown =
        grid.series().stream()
            .filter(one -> Double.isFinite(one.values().get(point)))
            .filter(one -> grid.series().size() == 1 || one.values().get(point) != 0)
            .sorted((a, b) -> Double.compare(b.values().get(point), a.values().get(point)))
            .limit(TITLE_LINES_MAX)
            .toList();
    shown.forEach(one ->
        words
            .append('\n')
            .append(one.name())
            .append(": ")
            .append(Cells.number(one.values().get(point))));
    return shown.isEmpty() ? words + "\nnothing" : words.toString();
  }

  boolean isTime() {
    return fromMillis >= 0;
  }
}
