package io.levee.console;

import java.util.List;

/** A few numbers, large. */
record BigNumbers(List<Figure> figures) implements Drawing {
  /**
   * One of them.
   *
   * @param exact with all its digits
   */
  record Figure(String name, String number, String exact) {}

  static BigNumbers of(Grid grid) {
    return new BigNumbers(
        grid.series().stream()
            .map(one -> {
              double value = one.values().getFirst();
              String exact = Cells.number(value);
              return new Figure(
                  one.name(), exact.length() > 11 ? Cells.compact(value) : exact, exact);
            })
            .toList());
  }
}
