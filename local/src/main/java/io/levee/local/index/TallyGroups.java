package io.levee.local.index;

import io.levee.engine.index.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds up over segments and slices, by words. There may be a million groups, so they lie in arrays:
 * an open hash table that remembers hashes, and compares words only where these are equal. Used by
 * one thread.
 */
final class TallyGroups {
  private static final int TABLE_START = 1 << 10;

  private final int most;
  private int size;
  private boolean over;
  private long[] counts = new long[TABLE_START];
  private int[] hashes = new int[TABLE_START];
  private @Nullable Key[] keys = new Key[TABLE_START];

  /** A stretch of time and the words of the fields. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by content, below.
  record Key(int start, @Nullable String[] values) {
    boolean is(Key other) {
      return start == other.start && Arrays.equals(values, other.values);
    }

    int hash() {
      int hash = start;
      for (String value : values) {
        hash = 31 * hash + (value == null ? 7 : value.hashCode());
      }
      return (hash ^ (hash >>> 16)) * 0x9E3779B9;
    }
  }

  TallyGroups(int most) {
    this.most = most;
  }

  int most() {
    return most;
  }

  void overflow() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  void add(Key key, long count) {
    if (over) {
      return;
    }
    int hash = key.hash();
    int at = slot(key, hash);
    if (keys[at] == null) {
      if (size >= most) {
        overflow();
        return;
      }
      if (2 * ++size > keys.length) {
        grow();
        at = slot(key, hash);
      }
      keys[at] = key;
      hashes[at] = hash;
    }
    counts[at] += count;
  }

  private int slot(Key key, int hash) {
    int mask = keys.length - 1;
    for (int at = (hash >>> 7) & mask; ; at = (at + 1) & mask) {
      Key held = keys[at];
      if (held == null || (hashes[at] == hash && held.is(key))) {
        return at;
      }
    }
  }

  private void grow() {
    @Nullable Key[] oldKeys = keys;
    long[] oldCounts = counts;
    int[] oldHashes = hashes;
    keys = new Key[oldKeys.length * 2];
    counts = new long[keys.length];
    hashes = new int[keys.length];
    int mask = keys.length - 1;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != null) {
        int at = (oldHashes[i] >>> 7) & mask;
        while (keys[at] != null) {
          at = (at + 1) & mask;
        }
        keys[at] = oldKeys[i];
        counts[at] = oldCounts[i];
        hashes[at] = oldHashes[i];
      }
    }
  }

  List<Tally.Group> result() {
    List<Tally.Group> groups = new ArrayList<>(size);
    for (int i = 0; i < keys.length; i++) {
      Key key = keys[i];
      if (key != null) {
        groups.add(new Tally.Group(key.start(), key.values(), counts[i]));
      }
    }
    return groups;
  }
}
