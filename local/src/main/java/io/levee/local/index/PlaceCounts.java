package io.levee.local.index;

import org.jspecify.annotations.Nullable;

/** Events by the places of a segment's values; place -1 stands for none. Used by one thread. */
final class PlaceCounts {
  private final int[] stored;
  private final long @Nullable [] extra;

  /**
   * @param places how many there are
   * @param weighted whether some events stand for several
   */
  PlaceCounts(int places, boolean weighted) {
    this.stored = new int[places + 1];
    this.extra = weighted ? new long[places + 1] : null;
  }

  /**
   * Counts an event.
   *
   * @param more how many others it stands for
   */
  void add(int place, long more) {
    stored[place + 1]++;
    if (extra != null) {
      extra[place + 1] += more;
    }
  }

  long get(int place) {
    return stored[place + 1] + (extra == null ? 0 : extra[place + 1]);
  }

  boolean isNone(int place) {
    return stored[place + 1] == 0;
  }
}
