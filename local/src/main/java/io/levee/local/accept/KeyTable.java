package io.levee.local.accept;

import java.util.Arrays;

/**
 * The remembered keys, cut into stripes so that threads seldom meet, and so that the table of each
 * stays small: G1 gives an array of half a region or more whole regions of its own, and ten million
 * keys in tables of 2 MiB would waste half as much again. Thread-safe.
 */
final class KeyTable {
  /** With ten million keys a table has 180 KiB; regions have at least 1 MiB. */
  private static final int STRIPE_BITS = 9;

  private static final int STRIPES = 1 << STRIPE_BITS;

  private final KeyStripe[] stripes = new KeyStripe[STRIPES];

  KeyTable(RecentIdsOptions options) {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new KeyStripe(options.keysMax() / STRIPES, options.age().toMillis());
    }
  }

  boolean add(long key, long nowMillis) {
    return stripes[stripe(key)].add(key, nowMillis);
  }

  void remove(long key) {
    stripes[stripe(key)].remove(key);
  }

  /** Adds many, stripe by stripe, so that each table stays in the processor's cache meanwhile. */
  void addAll(long[] keys, int count, long nowMillis) {
    int[] ends = new int[STRIPES + 1];
    for (int i = 0; i < count; i++) {
      ends[stripe(keys[i]) + 1]++;
    }
    Arrays.parallelPrefix(ends, Integer::sum);
    long[] sorted = new long[count];
    int[] next = ends.clone();
    for (int i = 0; i < count; i++) {
      sorted[next[stripe(keys[i])]++] = keys[i];
    }
    for (int stripe = 0; stripe < STRIPES; stripe++) {
      stripes[stripe].addAll(sorted, ends[stripe], ends[stripe + 1], nowMillis);
    }
  }

  /** Lets go of what is too old. */
  void forget(long nowMillis) {
    for (KeyStripe stripe : stripes) {
      stripe.advance(nowMillis);
    }
  }

  void reserve(long expected) {
    for (KeyStripe stripe : stripes) {
      stripe.reserve((int) Math.min(Integer.MAX_VALUE, expected / STRIPES));
    }
  }

  long size() {
    return Arrays.stream(stripes).mapToLong(KeyStripe::size).sum();
  }

  long bytes() {
    return Arrays.stream(stripes).mapToLong(KeyStripe::slotBytes).sum();
  }

  private static int stripe(long key) {
    return (int) (key >>> (Long.SIZE - STRIPE_BITS));
  }
}
