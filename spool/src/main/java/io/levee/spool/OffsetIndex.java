package io.levee.spool;

import java.util.Arrays;

/**
 * Where some batches of a segment begin, about one in 64 KiB, so that a reader that goes on further
 * down need not read what lies between. In memory, and only of what this process wrote: a segment
 * from before the start has an empty one, and is read from its beginning. One thread notes, any
 * asks.
 */
final class OffsetIndex {
  static final int STEP_BYTES = 64 << 10;

  private static final int FIRST_ENTRIES = 16;

  /** Offset and position by turns; replaced by a longer one when it is full. */
  private long[] entries = new long[2 * FIRST_ENTRIES];

  /** Written after the entry that it counts in, and read before it. */
  private volatile int count;

  /** Notes that the record of an offset begins at a position, both beyond those noted before. */
  void note(long offset, long position) {
    int known = count;
    if (known > 0 && position - entries[2 * known - 1] < STEP_BYTES) {
      return;
    }
    if (2 * known == entries.length) {
      entries = Arrays.copyOf(entries, 2 * entries.length);
    }
    entries[2 * known] = offset;
    entries[2 * known + 1] = position;
    count = known + 1;
  }

  /**
   * The last position noted at which a record at or before an offset begins; 0 if there is none.
   */
  long before(long offset) {
    int low = 0;
    int high = count;
    long[] now = entries;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (now[2 * middle] <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? 0 : now[2 * low - 1];
  }
}
