package io.levee.engine.query.aggregate;

/**
 * A function of the rows of a group.
 *
 * @param name lower case; of percentiles without their number
 * @param signature how it is written
 * @param meaning one line
 * @param needsArgument whether it is about a field
 * @param inOrder whether it matters which row comes first, or when each happened
 * @param zeroWhenEmpty whether a stretch of time without rows has zero rather than nothing
 * @param making makes an accumulator
 */
public record AggregateFunction(
    String name,
    String signature,
    String meaning,
    boolean needsArgument,
    boolean inOrder,
    boolean zeroWhenEmpty,
    Making making) {
  /** Makes accumulators. */
  @FunctionalInterface
  public interface Making {
    /**
     * @param parameter a percentile from 0 to 100, or apdex' threshold; NaN when there is none
     * @param window the stretch of time that is asked about, for sparklines
     */
    Accumulator make(double parameter, Window window);
  }

  /**
   * A stretch of time.
   *
   * @param from seconds since the epoch
   * @param to seconds since the epoch
   */
  public record Window(double from, double to) {}
}
