package io.levee.engine.sampling;

import java.time.Duration;

/**
 * The bounds of burst sampling that are the same for all projects.
 *
 * @param window the threshold is events a window and fingerprint
 * @param keepEvery past the threshold at least one is kept in this time, if any comes
 * @param promoteAfter dropped events wait so long for a kept one that stands for them; then one of
 *     themselves is stored
 * @param newValuesMax so many are kept a window only because they bring something new
 * @param runsMax how many kinds of alike events are told apart within a fingerprint
 * @param burstsMax how many fingerprints are watched at once
 * @param heldBytesMax what the bodies that wait to be stored may take of the heap; past it, events
 *     are kept that would be dropped
 */
public record SamplingLimits(
    Duration window,
    Duration keepEvery,
    Duration promoteAfter,
    int newValuesMax,
    int runsMax,
    int burstsMax,
    long heldBytesMax) {
  public static final SamplingLimits DEFAULT =
      new SamplingLimits(
          Duration.ofMinutes(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(3),
          200,
          32,
          10_000,
          32L << 20);

  public SamplingLimits {
    if (newValuesMax < 0 || runsMax < 1 || burstsMax < 1 || heldBytesMax < 0) {
      throw new IllegalArgumentException(
          "newValuesMax: "
              + newValuesMax
              + ", runsMax: "
              + runsMax
              + ", burstsMax: "
              + burstsMax
              + ", heldBytesMax: "
              + heldBytesMax
              + " (expected: 0 or more, 1 or more, 1 or more, 0 or more)");
    }
  }
}
