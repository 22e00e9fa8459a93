package io.levee.local.index;

import java.io.IOException;
import java.util.Arrays;

/**
 * Counts by a number that stands for a combination of values: in an array when there can't be many,
 * otherwise in an open hash table. Used by one thread.
 */
final class TallyCells {
  private static final long ARRAY_MAX = 1 << 20;
  private static final int TABLE_START = 1 << 12;
  private static final long FREE = -1;

  private final long[] sizes;
  private final boolean dense;
  private long[] counts;
  private long[] keys;
  private int used;

  /** Takes a cell that was counted. */
  interface Taker {
    void take(long cell, long events) throws IOException;
  }

  /**
   * @param sizes how many values each part of the number can have
   */
  TallyCells(long[] sizes) {
    this.sizes = sizes.clone();
    double product = 1;
    for (long size : sizes) {
      product *= size;
    }
    this.dense = product <= ARRAY_MAX;
    this.counts = new long[dense ? (int) product : TABLE_START];
    this.keys = new long[dense ? 0 : TABLE_START];
    Arrays.fill(keys, FREE);
  }

  long size(int part) {
    return sizes[part];
  }

  /** How many cells of the hash table are in use; 0 for an array, which is small. */
  int used() {
    return used;
  }

  void add(long cell, long events) {
    if (dense) {
      counts[(int) cell] += events;
      return;
    }
    int at = slot(cell);
    if (keys[at] == FREE) {
      keys[at] = cell;
      used++;
    }
    counts[at] += events;
    if (used * 2 > keys.length) {
      grow();
    }
  }

  /** What a cell holds. */
  long get(long cell) {
    if (dense) {
      return counts[(int) cell];
    }
    return counts[slot(cell)]; // A free slot holds nothing.
  }

  private int slot(long cell) {
    int mask = keys.length - 1;
    long mixed = cell * 0x9E3779B97F4A7C15L;
    int at = (int) (mixed >>> 32) & mask;
    while (keys[at] != FREE && keys[at] != cell) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldCounts = counts;
    keys = new long[oldKeys.length * 2];
    counts = new long[keys.length];
    Arrays.fill(keys, FREE);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != FREE) {
        int at = slot(oldKeys[i]);
        keys[at] = oldKeys[i];
        counts[at] = oldCounts[i];
      }
    }
  }

  /** The cells that hold something, in no order; only where their numbers are small. */
  int[] cells() {
    int found = 0;
    int[] cells = new int[counts.length];
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        cells[found++] = Math.toIntExact(dense ? i : keys[i]);
      }
    }
    return Arrays.copyOf(cells, found);
  }

  void forEach(Taker taker) throws IOException {
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        taker.take(dense ? i : keys[i], counts[i]);
      }
    }
  }
}
