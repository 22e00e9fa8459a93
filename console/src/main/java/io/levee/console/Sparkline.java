package io.levee.console;

import java.util.ArrayList;
import java.util.List;

/**
 * A row of small bars, {@link #STEP} units apart in a box of {@link #HEIGHT}.
 *
 * @param title for hovering and screen readers
 */
record Sparkline(List<Bar> bars, int width, String title) {
  static final int STEP = 5;
  static final int HEIGHT = 28;

  /** One bucket. */
  record Bar(int x, String y, String height) {}

  static Sparkline of(List<Long> counts, String span) {
    long peak = Math.max(1, counts.stream().mapToLong(Long::longValue).max().orElse(0));
    List<Bar> bars = new ArrayList<>();
    long total = 0;
    for (int i = 0; i < counts.size(); i++) {
      long count = counts.get(i);
      total += count;
      double height = count == 0 ? 1 : Math.max(2, (double) HEIGHT * count / peak);
      bars.add(new Bar(i * STEP, Figures.svg(HEIGHT - height), Figures.svg(height)));
    }
    return new Sparkline(
        bars,
        Math.max(1, counts.size() * STEP - 1),
        Figures.count(total, "event")
            + " in "
            + span
            + ", at most "
            + Figures.exact(peak)
            + " a step");
  }
}
