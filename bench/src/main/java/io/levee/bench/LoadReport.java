package io.levee.bench;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of one load.
 *
 * @param ratePerSecond asked for
 * @param lasted from the first slot to the end of the last, or to the last answer when that came
 *     later
 * @param scheduled slots that came due
 * @param sent requests written to a socket; what is missing came due while every connection waited
 *     for an answer, and was still unsent at the end, or given up at once
 * @param statuses how often each HTTP status came back
 * @param errors connections that broke under a request, and answers that never came
 * @param latency from due to answered
 * @param acceptedLatency the same of those that were accepted alone
 * @param lag from due to sent
 * @param eventBytes of JSON in the accepted events
 * @param generatorCpu what this process used meanwhile
 */
record LoadReport(
    double ratePerSecond,
    Duration lasted,
    long scheduled,
    long sent,
    Map<Integer, Long> statuses,
    long errors,
    LatencyHistogram latency,
    LatencyHistogram acceptedLatency,
    LatencyHistogram lag,
    long eventBytes,
    Duration generatorCpu) {
  /** A run whose generator lags more than this says nothing about the server. */
  static final Duration LAG_P99_MAX = Duration.ofMillis(250);

  private static final double ACCEPTED_PART_MIN = 0.9;
  private static final double BAD_PART_MAX = 0.01;
  private static final int OK = 200;

  LoadReport {
    statuses = new TreeMap<>(statuses);
  }

  long accepted() {
    return statuses.getOrDefault(OK, 0L);
  }

  /** Answers other than 200, and errors. */
  long bad() {
    return statuses.values().stream().mapToLong(Long::longValue).sum() - accepted() + errors;
  }

  /** Accepted events a second, to the last answer. */
  double acceptedPerSecond() {
    return accepted() / Times.seconds(lasted);
  }

  /** Whether the generator kept up. */
  boolean valid() {
    return lag.percentile(0.99).compareTo(LAG_P99_MAX) <= 0;
  }

  /** Why a step of a ramp has failed; empty when it hasn't. */
  String failure() {
    if (accepted() < ACCEPTED_PART_MIN * scheduled) {
      return "accepted < 90 % of scheduled";
    }
    if (bad() > BAD_PART_MAX * scheduled) {
      return "bad > 1 %";
    }
    return valid() ? "" : "scheduler lag p99 > " + LAG_P99_MAX.toMillis() + " ms";
  }

  /** Several lines of text. */
  String text() {
    return """
      rate asked %.0f/s for %.1f s: scheduled %d, sent %d, accepted %d (%.0f/s), other answers %s, errors %d
      latency from due time ms: p50 %s  p90 %s  p99 %s  max %s
      scheduler lag ms: p50 %s  p99 %s%s; generator CPU %.1f s
    """
        .formatted(
            ratePerSecond,
            Times.seconds(lasted),
            scheduled,
            sent,
            accepted(),
            acceptedPerSecond(),
            others(),
            errors,
            Times.millis(latency.percentile(0.5)),
            Times.millis(latency.percentile(0.9)),
            Times.millis(latency.percentile(0.99)),
            Times.millis(latency.max()),
            Times.millis(lag.percentile(0.5)),
            Times.millis(lag.percentile(0.99)),
            valid() ? "" : "  INVALID: more than " + LAG_P99_MAX.toMillis() + " ms",
            Times.seconds(generatorCpu));
  }

  private String others() {
    Map<Integer, Long> others = new TreeMap<>(statuses);
    others.remove(OK);
    return others.isEmpty() ? "none" : others.toString();
  }
}
