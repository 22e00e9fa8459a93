package io.levee.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks for the knee: the highest rate before two steps in a row failed.
 *
 * @param from events a second of the first step
 * @param step how many more each following has
 * @param to at most
 * @param stepLength of each
 */
record Ramp(int from, int step, int to, Duration stepLength) {
  private static final int FAILURES_IN_A_ROW = 2;

  Ramp {
    if (from < 1 || step < 1 || to < from) {
      throw new BenchFailure(
          "ramp from "
              + from
              + " by "
              + step
              + " to "
              + to
              + " (expected: numbers above 0 in order)");
    }
  }

  /** A load at a rate. */
  interface Step {
    LoadReport run(double perSecond, Duration length) throws IOException;
  }

  /**
   * Climbs.
   *
   * @return the last good step; empty when none was
   */
  Optional<LoadReport> climb(Step load, Report report) throws IOException {
    Optional<LoadReport> knee = Optional.empty();
    int failures = 0;
    for (int rate = from; rate <= to && failures < FAILURES_IN_A_ROW; rate += step) {
      LoadReport result = load.run(rate, stepLength);
      String failure = result.failure();
      if (failure.isEmpty()) {
        failures = 0;
        knee = Optional.of(result);
      } else {
        failures++;
      }
      report.line(
          "  %6d/s: accepted %6.0f/s, p50 %s ms, p99 %s ms, lag p99 %s ms, bad %d  %s",
          rate,
          result.acceptedPerSecond(),
          Times.millis(result.latency().percentile(0.5)),
          Times.millis(result.latency().percentile(0.99)),
          Times.millis(result.lag().percentile(0.99)),
          result.bad(),
          failure.isEmpty() ? "ok" : "FAILED: " + failure);
    }
    return knee;
  }
}
