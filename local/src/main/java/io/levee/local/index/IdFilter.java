package io.levee.local.index;

import java.util.ArrayList;
import java.util.List;

/**
 * Says of an event whether it may be in a slice already. "No" is certain, "maybe" is wrong about
 * three times in a thousand. It is what makes replacing cheap: only a "maybe" needs Lucene to look
 * for an older event.
 *
 * <p>Bloom filters, each twice as large as the one before: 16 bits and 6 probes an event, taken
 * from the 64 bits of {@link Schema#TIE}. Each lies in pages, because G1 gives an array of half a
 * region or more whole regions of its own. Used by one thread.
 */
final class IdFilter {
  private static final int FIRST_EVENTS = 1 << 16;
  private static final int BITS_PER_EVENT = 16;
  private static final int PROBES = 6;
  private static final int PAGE_BITS = 20;

  private final List<long[][]> filters = new ArrayList<>();
  private long room;
  private long[][] current = new long[0][];

  /** Adds an event; true when it may have been there before. */
  boolean maybeSeen(long tie) {
    for (int i = 0; i < filters.size(); i++) {
      if (holds(filters.get(i), tie)) {
        return true;
      }
    }
    add(tie);
    return false;
  }

  private void add(long tie) {
    if (room == 0) {
      room = (long) FIRST_EVENTS << filters.size();
      current = pages(room * BITS_PER_EVENT);
      filters.add(current);
    }
    room--;
    for (int probe = 0; probe < PROBES; probe++) {
      long bit = bit(current, tie, probe);
      page(current, bit)[word(bit)] |= 1L << bit;
    }
  }

  private static boolean holds(long[][] filter, long tie) {
    for (int probe = 0; probe < PROBES; probe++) {
      long bit = bit(filter, tie, probe);
      if ((page(filter, bit)[word(bit)] & (1L << bit)) == 0) {
        return false;
      }
    }
    return true;
  }

  private static long[][] pages(long bits) {
    return new long[Math.toIntExact(bits >>> PAGE_BITS)][1 << (PAGE_BITS - 6)];
  }

  private static long bit(long[][] filter, long tie, int probe) {
    return Math.floorMod(probe(tie, probe), (long) filter.length << PAGE_BITS);
  }

  private static long[] page(long[][] filter, long bit) {
    return filter[(int) (bit >>> PAGE_BITS)];
  }

  private static int word(long bit) {
    return (int) (bit >>> 6) & ((1 << (PAGE_BITS - 6)) - 1);
  }

  /** Double hashing: the two halves are as good as independent, for the tie is mixed. */
  private static long probe(long tie, int probe) {
    return tie + probe * (Long.rotateLeft(tie, 32) | 1);
  }
}
