package io.levee.console;

/**
 * The numbers along the upright axis.
 *
 * @param top at its upper end
 * @param bottom at its lower end; zero unless there are numbers below
 * @param stacked whether series stand on each other
 */
record Scale(double top, double bottom, boolean stacked) {
  static Scale of(AnswerKind kind, Grid grid) {
    boolean stacked = grid.additive() && kind != AnswerKind.LINE && grid.lowest() >= 0;
    double highest = grid.highest(stacked && kind != AnswerKind.HEAT);
    double bottom = grid.lowest() < 0 ? -nice(-grid.lowest()) : 0;
    return new Scale(highest <= 0 && bottom < 0 ? 0 : nice(highest), bottom, stacked);
  }

  /** 1, 2, 3, 4, 5, 6, 8, 10, 20 …, or their fractions: the first that is not below. */
  static double nice(double highest) {
    if (highest <= 0) {
      return 1;
    }
    double unit = Math.pow(10, Math.floor(Math.log10(highest)));
    for (double factor : new double[] {1, 1.5, 2, 3, 4, 5, 6, 8, 10}) {
      if (factor * unit >= highest * (1 - 1e-9)) {
        return factor * unit;
      }
    }
    return 10 * unit;
  }

  /** Where a number stands, from the top of the box. */
  double y(double value) {
    return Chart.HEIGHT * (top - value) / (top - bottom);
  }
}
