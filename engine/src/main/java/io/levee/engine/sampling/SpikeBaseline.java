package io.levee.engine.sampling;

import java.util.List;
import java.util.OptionalLong;

/**
 * What is much for a project at this hour of the day: by the same hour of earlier days, never by
 * the last minutes, so that a spike does not become its own measure. Pure.
 */
public final class SpikeBaseline {
  /** How many earlier days are looked at. */
  public static final int DAYS = 14;

  /** With fewer days nothing can be said. */
  static final int DAYS_MIN = 3;

  /** So many times the usual is a spike. */
  static final long FACTOR = 5;

  /** Less than so many events a minute never is. */
  static final long FLOOR_PER_MINUTE = 600;

  private static final long MINUTES_PER_HOUR = 60;

  private SpikeBaseline() {}

  /**
   * Past how many events a minute a project is in a spike.
   *
   * @param hours what came in during the same hour of each earlier day that the project has lived,
   *     in any order; 0 where nothing did
   * @return empty when there are too few days to tell
   */
  public static OptionalLong perMinute(List<Long> hours) {
    if (hours.size() < DAYS_MIN) {
      return OptionalLong.empty();
    }
    List<Long> sorted = hours.stream().sorted().toList();
    int middle = sorted.size() / 2;
    long median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    long usual = Math.ceilDiv(median, MINUTES_PER_HOUR);
    return OptionalLong.of(Math.max(FLOOR_PER_MINUTE, usual * FACTOR));
  }
}
