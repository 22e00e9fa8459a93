package io.levee.console;

import java.util.ArrayList;
import java.util.List;

/** The lines, areas and rectangles of a plot. */
record PlotShapes(Grid grid, Scale scale, List<String> colours) {
  private static final double GAP_SHARE = 0.18;
  private static final double GAP_MAX = 4;
  private static final double FAINTEST = 0.08;

  private double step() {
    return (double) Chart.WIDTH / grid.points();
  }

  private String at(int point, double y) {
    return Figures.svg((point + 0.5) * step()) + " " + Figures.svg(y);
  }

  /** A line a series; where a number is missing, it is broken. */
  List<Plot.Shape> lines() {
    List<Plot.Shape> shapes = new ArrayList<>();
    for (int s = 0; s < grid.series().size(); s++) {
      shapes.add(new Plot.Shape("ln " + colours.get(s), line(grid.series().get(s).values())));
    }
    return shapes;
  }

  private String line(List<Double> values) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (int i = 0; i < values.size(); i++) {
      double value = values.get(i);
      if (!Double.isFinite(value)) {
        drawing = false;
        continue;
      }
      path.append(drawing ? "L" : "M").append(at(i, scale.y(value)));
      boolean alone = !drawing && (i + 1 == values.size() || !Double.isFinite(values.get(i + 1)));
      path.append(alone ? "h0.1" : "");
      drawing = true;
    }
    return path.toString();
  }

  /** Areas, on each other when they are parts of a whole, else in front of each other. */
  List<Plot.Shape> areas() {
    List<Plot.Shape> shapes = new ArrayList<>();
    double[] floor = new double[grid.points()];
    for (int s = 0; s < grid.series().size(); s++) {
      List<Double> values = grid.series().get(s).values();
      double[] roof = new double[floor.length];
      for (int i = 0; i < roof.length; i++) {
        double value = values.get(i);
        roof[i] = floor[i] + (Double.isFinite(value) ? value : 0);
      }
      String css = (scale.stacked() ? "ar " : "ar clear ") + colours.get(s);
      shapes.add(new Plot.Shape(css, between(roof, floor)));
      if (!scale.stacked() || grid.series().size() == 1) {
        shapes.add(new Plot.Shape("ln " + colours.get(s), edge(roof)));
      }
      floor = scale.stacked() ? roof : floor;
    }
    return shapes;
  }

  private String between(double[] roof, double[] floor) {
    StringBuilder path = new StringBuilder(edge(roof));
    for (int i = floor.length - 1; i >= 0; i--) {
      path.append('L').append(at(i, scale.y(floor[i])));
    }
    return path.append('Z').toString();
  }

  private String edge(double[] heights) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < heights.length; i++) {
      path.append(i == 0 ? 'M' : 'L').append(at(i, scale.y(heights[i])));
    }
    return path.toString();
  }

  /** The columns at a point: on each other when they are parts of a whole, else side by side. */
  List<Plot.Box> bars(int point) {
    List<Plot.Box> boxes = new ArrayList<>();
    double gap = Math.min(GAP_MAX, step() * GAP_SHARE);
    int beside = scale.stacked() ? 1 : grid.series().size();
    double width = (step() - gap) / beside;
    double x = point * step() + gap / 2;
    double stacked = 0;
    for (int s = 0; s < grid.series().size(); s++) {
      double value = grid.series().get(s).values().get(point);
      if (Double.isFinite(value) && value != 0) {
        double base = scale.stacked() ? stacked : 0;
        boxes.add(box(colours.get(s), x, width, base, base + value));
        stacked += Math.max(0, value);
      }
      x += scale.stacked() ? 0 : width;
    }
    return boxes;
  }

  private Plot.Box box(String colour, double x, double width, double from, double to) {
    double upper = scale.y(Math.max(from, to));
    double height = Math.max(0.6, scale.y(Math.min(from, to)) - upper);
    return new Plot.Box(
        "bx " + colour,
        Figures.svg(x),
        Figures.svg(upper),
        Figures.svg(width),
        Figures.svg(height),
        "1");
  }

  /** The cells of a heat map at a point, a row a series. */
  List<Plot.Box> cells(int point) {
    List<Plot.Box> boxes = new ArrayList<>();
    double height = (double) Chart.HEIGHT / grid.series().size();
    for (int s = 0; s < grid.series().size(); s++) {
      double value = grid.series().get(s).values().get(point);
      if (Double.isFinite(value) && value > 0) {
        boxes.add(
            new Plot.Box(
                "heat",
                Figures.svg(point * step()),
                Figures.svg(s * height + 0.4),
                Figures.svg(step()),
                Figures.svg(height - 0.8),
                opacity(value, scale.top())));
      }
    }
    return boxes;
  }

  /** Roots tell small numbers apart, too. */
  static String opacity(double value, double top) {
    double share = top <= 0 || value <= 0 ? 0 : Math.sqrt(Math.min(1, value / top));
    double shown = share == 0 ? 0 : FAINTEST + (1 - FAINTEST) * share;
    return String.valueOf(Math.round(shown * 100) / 100.0);
  }
}
