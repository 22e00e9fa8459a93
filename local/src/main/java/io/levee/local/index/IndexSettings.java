package io.levee.local.index;

import java.time.Duration;

/**
 * Limits of the embedded index.
 *
 * @param bufferBytesMax what is written may take this much memory before it becomes a segment
 * @param writersMax slices that are written at the same time; events of further days wait for none,
 *     but the slice longest unused is committed and closed
 * @param readersMax slices that are kept open for reading
 * @param refreshMin how long what was applied stays invisible at least while events stream in
 * @param refreshMax and at most
 * @param idleAfter when nobody has asked for this long, nothing is made visible until somebody
 *     asks: it would only make small segments to merge
 * @param queryMax how long one search may take
 * @param patternMax how long one may look through words for those that its patterns cover
 * @param rollupBytesMax counts by level, project and hour that are held of segments may take this
 *     much memory
 * @param rollupEventsMin smaller segments are looked through instead
 */
public record IndexSettings(
    long bufferBytesMax,
    int writersMax,
    int readersMax,
    Duration refreshMin,
    Duration refreshMax,
    Duration idleAfter,
    Duration queryMax,
    Duration patternMax,
    long rollupBytesMax,
    int rollupEventsMin) {
  /** For a machine with a gigabyte to spare. */
  public static final IndexSettings DEFAULT =
      new IndexSettings(
          64L << 20,
          32,
          100,
          Duration.ofMillis(200),
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofMillis(1_500),
          32L << 20,
          4_096);

  public IndexSettings {
    if (bufferBytesMax < 1 << 20) {
      throw new IllegalArgumentException(
          "bufferBytesMax: " + bufferBytesMax + " (expected: 1 MiB or more)");
    }
    if (writersMax < 1 || readersMax < 1) {
      throw new IllegalArgumentException(
          "writersMax, readersMax: " + writersMax + ", " + readersMax + " (expected: 1 or more)");
    }
  }

  /** The same with counts held in so much memory, of segments from so many events on. */
  public IndexSettings withRollups(long bytesMax, int eventsMin) {
    return new IndexSettings(
        bufferBytesMax,
        writersMax,
        readersMax,
        refreshMin,
        refreshMax,
        idleAfter,
        queryMax,
        patternMax,
        bytesMax,
        eventsMin);
  }

  /** The same with another time for looking through words. */
  public IndexSettings withPatternMax(Duration most) {
    return new IndexSettings(
        bufferBytesMax,
        writersMax,
        readersMax,
        refreshMin,
        refreshMax,
        idleAfter,
        queryMax,
        most,
        rollupBytesMax,
        rollupEventsMin);
  }

  Rollups rollups() {
    return new Rollups(rollupBytesMax, rollupEventsMin);
  }
}
