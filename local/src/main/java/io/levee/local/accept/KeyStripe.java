package io.levee.local.accept;

/**
 * A part of the remembered keys: an open-addressing table that forgets by generation. A slot holds
 * the key's lower 58 bits (the upper ones chose the stripe) and the generation in 6; 0 is empty. A
 * generation ends after a twenty-fourth of the age or an eighth of the keys. Thread-safe.
 */
final class KeyStripe {
  private static final int GENERATION_BITS = 6;
  private static final int TAGS = (1 << GENERATION_BITS) - 1;
  private static final int GENERATIONS_MAX = TAGS - 1;
  private static final int TIME_PARTS = 24;
  private static final int SIZE_PARTS = 8;
  private static final int SLOTS_FIRST = 16;

  /** So full a table may be: those who look for what isn't there pass 23 slots then, 3 lines. */
  private static final double FULL = 0.85;

  /** So full it is after it has grown, or shrunk. */
  private static final double ROOMY = 0.6;

  private final int keysMax;
  private final long ageMillis;
  private final long generationMillis;

  /** By tag: when the generation began, and how many keys it has. */
  private final long[] began = new long[TAGS];

  private final int[] keys = new int[TAGS];

  private long[] slots = new long[SLOTS_FIRST];
  private int size;
  private long oldest;
  private long newest;

  KeyStripe(int keysMax, long ageMillis) {
    this.keysMax = keysMax;
    this.ageMillis = ageMillis;
    this.generationMillis = ageMillis / TIME_PARTS;
    began[0] = Long.MIN_VALUE;
  }

  /** Remembers a key; false when it is remembered already. */
  synchronized boolean add(long key, long nowMillis) {
    advance(nowMillis);
    long wanted = key << GENERATION_BITS;
    int at = find(wanted);
    if (slots[at] != 0) {
      return false;
    }
    slots[at] = wanted | tagBits(newest);
    keys[tag(newest)]++;
    size++;
    if (size > slots.length * FULL) {
      rebuild(room(size));
    }
    return true;
  }

  /** Remembers the keys from one index to before another. */
  synchronized void addAll(long[] many, int from, int to, long nowMillis) {
    for (int i = from; i < to; i++) {
      add(many[i], nowMillis);
    }
  }

  /** Forgets a key, if it is remembered. */
  synchronized void remove(long key) {
    int hole = find(key << GENERATION_BITS);
    if (slots[hole] == 0) {
      return;
    }
    keys[(int) (slots[hole] & TAGS) - 1]--;
    size--;
    for (int at = next(hole); slots[at] != 0; at = next(at)) {
      // It may move into the hole unless its home lies behind the hole.
      if (steps(home(slots[at]), at) >= steps(hole, at)) {
        slots[hole] = slots[at];
        hole = at;
      }
    }
    slots[hole] = 0;
  }

  /** Makes room for so many keys at once. */
  synchronized void reserve(int expected) {
    int wanted = room(Math.min(expected, keysMax));
    if (wanted > slots.length) {
      rebuild(wanted);
    }
  }

  synchronized int size() {
    return size;
  }

  synchronized long slotBytes() {
    return (long) slots.length * Long.BYTES;
  }

  /** Begins the next generation when it is time, and lets go of those that are too old. */
  synchronized void advance(long nowMillis) {
    if (began[tag(newest)] == Long.MIN_VALUE) {
      began[tag(newest)] = nowMillis;
    }
    boolean full = keys[tag(newest)] >= Math.max(1, keysMax / SIZE_PARTS);
    if (full || nowMillis - began[tag(newest)] >= generationMillis) {
      newest++;
      began[tag(newest)] = nowMillis;
      keys[tag(newest)] = 0;
      forget(nowMillis);
    }
  }

  /** Lets go of the oldest generations: too old, too many keys, or too many generations. */
  private void forget(long nowMillis) {
    int gone = 0;
    long first = oldest;
    while (oldest < newest
        && (nowMillis - began[tag(oldest)] >= ageMillis + generationMillis
            || size - gone > keysMax - keysMax / SIZE_PARTS
            || newest - oldest >= GENERATIONS_MAX - 1)) {
      gone += keys[tag(oldest)];
      oldest++;
    }
    if (oldest > first) {
      size -= gone;
      rebuild(Math.min(slots.length, room(size)));
    }
  }

  /** How many slots so many keys get: room for some more, but never for more than there will be. */
  private int room(int keys) {
    double roomy = keys / ROOMY;
    double wanted = keys < keysMax ? Math.min(roomy, keysMax / FULL) : roomy;
    return Math.max(SLOTS_FIRST, (int) wanted + 1);
  }

  private void rebuild(int length) {
    long[] before = slots;
    slots = new long[length];
    for (long slot : before) {
      if (slot != 0 && isLive(slot)) {
        slots[find(slot)] = slot;
      }
    }
  }

  private boolean isLive(long slot) {
    int behindNewest = Math.floorMod(tag(newest) - ((int) (slot & TAGS) - 1), TAGS);
    return behindNewest <= newest - oldest;
  }

  /** Where the key of a slot is, or would go. */
  private int find(long slot) {
    int at = home(slot);
    while (slots[at] != 0 && (slots[at] ^ slot) >>> GENERATION_BITS != 0) {
      at = next(at);
    }
    return at;
  }

  /** Keys are as good as random, so that any bits of theirs spread them. */
  private int home(long slot) {
    long fraction = (slot >>> GENERATION_BITS) & 0xFFFF_FFFFL;
    return (int) ((fraction * slots.length) >>> Integer.SIZE);
  }

  private int next(int at) {
    return at + 1 == slots.length ? 0 : at + 1;
  }

  private int steps(int from, int to) {
    return to >= from ? to - from : to - from + slots.length;
  }

  private static int tag(long generation) {
    return (int) (generation % TAGS);
  }

  private static long tagBits(long generation) {
    return tag(generation) + 1L;
  }
}
