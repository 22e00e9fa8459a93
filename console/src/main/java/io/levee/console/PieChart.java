package io.levee.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Shares of a whole, in a ring of radius 100 around 0,0. */
record PieChart(List<Slice> slices, String total, String name) implements Drawing {
  private static final int SLICES_MAX = 9;
  private static final double INNER = 60;
  private static final double OUTER = 100;

  /** A share. */
  record Slice(String colour, String name, String number, String share, String path) {}

  static PieChart of(Grid grid) {
    List<Integer> order = new ArrayList<>();
    List<Double> values = grid.series().getFirst().values();
    for (int i = 0; i < grid.points(); i++) {
      if (Double.isFinite(values.get(i)) && values.get(i) > 0) {
        order.add(i);
      }
    }
    order.sort(Comparator.comparingDouble(i -> -values.get(i)));
    double total = grid.series().getFirst().sum();
    List<Slice> slices = new ArrayList<>();
    double from = 0;
    for (int i = 0; i < Math.min(order.size(), SLICES_MAX); i++) {
      boolean rest = i == SLICES_MAX - 1 && order.size() > SLICES_MAX;
      double value = rest ? total * (1 - from) : values.get(order.get(i));
      double to = rest ? 1 : from + value / total;
      String name = rest ? (order.size() - i) + " others" : grid.labels().get(order.get(i));
      String colour = rest ? "k-rest" : "k" + (i + 1);
      slices.add(new Slice(colour, name, Cells.number(value), share(to - from), arc(from, to)));
      from = to;
    }
    return new PieChart(slices, Cells.compact(total), grid.series().getFirst().name());
  }

  private static String share(double share) {
    return share < 0.01 ? "<1 %" : Math.round(100 * share) + " %";
  }

  private static String arc(double from, double to) {
    double end = Math.min(to, from + 0.99999); // A whole ring has no end to draw to.
    int large = end - from > 0.5 ? 1 : 0;
    return "M"
        + on(OUTER, from)
        + "A100 100 0 "
        + large
        + " 1 "
        + on(OUTER, end)
        + "L"
        + on(INNER, end)
        + "A60 60 0 "
        + large
        + " 0 "
        + on(INNER, from)
        + "Z";
  }

  private static String on(double radius, double share) {
    double angle = 2 * Math.PI * share - Math.PI / 2;
    return String.format(
        Locale.ENGLISH, "%.2f %.2f", radius * Math.cos(angle), radius * Math.sin(angle));
  }
}
