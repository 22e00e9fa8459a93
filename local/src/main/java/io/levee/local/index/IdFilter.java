package io.levee.local.index;

import java.util.ArrayList;
import java.util.List;

/**
 * Says of an event whether it may be in a slice already. "No" is certain, "maybe" is wrong about
 * three times in a thousand. It is what makes replacing cheap: only a "maybe" needs Lucene to look
 * for an older event.
 *
 * <p>Bloom filters, each twice as large as the one before: 16 bits and 6 probes an event, taken
 * from the 64 bits of {@link Schema#TIE}. Used by one thread.
 */
final class IdFilter {
  private static final int FIRST_EVENTS = 1 << 16;
  private static final int BITS_PER_EVENT = 16;
  private static final int PROBES = 6;

  private final List<long[]> filters = new ArrayList<>();
  private long room;
  private long[] current = new long[0];

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
      current = new long[Math.toIntExact(room * BITS_PER_EVENT / Long.SIZE)];
      filters.add(current);
    }
    room--;
    long bits = (long) current.length * Long.SIZE;
    for (int probe = 0; probe < PROBES; probe++) {
      long bit = Math.floorMod(probe(tie, probe), bits);
      current[(int) (bit >>> 6)] |= 1L << (bit & 63);
    }
  }

  private static boolean holds(long[] filter, long tie) {
    long bits = (long) filter.length * Long.SIZE;
    for (int probe = 0; probe < PROBES; probe++) {
      long bit = Math.floorMod(probe(tie, probe), bits);
      if ((filter[(int) (bit >>> 6)] & (1L << (bit & 63))) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Double hashing: the two halves are as good as independent, for the tie is mixed. */
  private static long probe(long tie, int probe) {
    return tie + probe * (Long.rotateLeft(tie, 32) | 1);
  }
}
