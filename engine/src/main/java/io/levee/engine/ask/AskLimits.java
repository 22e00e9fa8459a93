package io.levee.engine.ask;

import java.time.Duration;

/**
 * What questions may use.
 *
 * @param wallMax how long one may take; what was not read by then is left out, and the answer says
 *     so
 * @param soonMax when events have been read for this long and the rest would take longer than the
 *     whole may, no more are read: nobody waits for what can't come
 * @param rowsHeldMax rows, groups and values that all running questions together may hold
 * @param groupsMax combinations of values that the index counts for one
 * @param runningMax how many are answered at the same time; others wait
 * @param waitMax how long they wait
 * @param aloneEvents so many events one thread reads before a second one helps, where a turn is
 *     free; 1 or more
 */
public record AskLimits(
    Duration wallMax,
    Duration soonMax,
    long rowsHeldMax,
    int groupsMax,
    int runningMax,
    Duration waitMax,
    long aloneEvents) {
  /** For a machine of two cores with a gigabyte to spare. */
  public static final AskLimits DEFAULT =
      new AskLimits(
          Duration.ofSeconds(30),
          Duration.ofMillis(1_700),
          1_200_000,
          1_100_000,
          2,
          Duration.ofSeconds(5),
          5_000);

  /** How long writing out a whole answer may take: nobody holds a turn for ever. */
  public static final Duration EXPORT_WALL_MAX = Duration.ofHours(6);

  /** The same with another time. */
  public AskLimits withWall(Duration wall) {
    return new AskLimits(wall, soonMax, rowsHeldMax, groupsMax, runningMax, waitMax, aloneEvents);
  }

  /** The same with room for fewer or more rows and groups. */
  public AskLimits withRowsHeld(long rows) {
    int groups = (int) Math.min(rows, groupsMax);
    return new AskLimits(wallMax, soonMax, rows, groups, runningMax, waitMax, aloneEvents);
  }

  /** The same that gives up on long readings at another time. */
  public AskLimits withSoon(Duration soon) {
    return new AskLimits(wallMax, soon, rowsHeldMax, groupsMax, runningMax, waitMax, aloneEvents);
  }

  /** The same with a second thread from another number of events on. */
  public AskLimits withAlone(long events) {
    return new AskLimits(wallMax, soonMax, rowsHeldMax, groupsMax, runningMax, waitMax, events);
  }
}
