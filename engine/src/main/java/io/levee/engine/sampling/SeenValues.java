package io.levee.engine.sampling;

import io.levee.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * Which releases, environments, users and addresses were seen lately: a bounded set of their
 * hashes. When it is full, nothing is new any more. Guarded by the burst.
 */
final class SeenValues {
  private static final int VALUES_MAX = 256;
  private static final int SLOTS = 2 * VALUES_MAX;
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private long @Nullable [] slots;
  private int size;

  /** Remembers what an event brings; whether any of it is new. */
  boolean note(Event event) {
    boolean release = add(1, event.release());
    boolean environment = add(2, event.environment());
    boolean user = add(3, event.user().key());
    boolean url = add(4, path(event.request().url()));
    return release || environment || user || url;
  }

  /** Without what is different every time. */
  private static @Nullable String path(@Nullable String url) {
    int question = url == null ? -1 : url.indexOf('?');
    return url == null || question < 0 ? url : url.substring(0, question);
  }

  private boolean add(int field, @Nullable String value) {
    if (value == null || size == VALUES_MAX) {
      return false;
    }
    long[] table = slots == null ? new long[SLOTS] : slots;
    slots = table;
    long hash = Math.max(1, mix(value.hashCode() * 31L + value.length() + field * STEP) >>> 1);
    int at = (int) (hash % SLOTS);
    while (table[at] != 0) {
      if (table[at] == hash) {
        return false;
      }
      at = (at + 1) % SLOTS;
    }
    table[at] = hash;
    size++;
    return true;
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** Forgets all, and lets go of the memory. */
  void clear() {
    slots = null;
    size = 0;
  }
}
