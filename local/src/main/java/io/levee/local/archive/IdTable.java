package io.levee.local.archive;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where in an object the event with a hash lies: sorted entries of 44 bits of hash and 20 bits of
 * ordinal (the event's number in the object, from 0). A hash may occur more than once. Immutable.
 */
final class IdTable {
  /** How many events an object can hold. */
  static final int EVENTS_MAX = 1 << (Long.SIZE - EventHash.BITS);

  /** How many entries around its expected place are read to find one. */
  static final int WINDOW = 1024;

  private static final long ORDINAL_MASK = EVENTS_MAX - 1;

  private final long[] entries;

  private IdTable(long[] entries) {
    this.entries = entries;
  }

  /** A table of events whose hashes are given in the order of their ordinals. */
  static IdTable of(long[] hashesByOrdinal) {
    if (hashesByOrdinal.length > EVENTS_MAX) {
      throw new IllegalArgumentException(
          "events in an object: " + hashesByOrdinal.length + " (expected: 0.." + EVENTS_MAX + ")");
    }
    long[] entries = new long[hashesByOrdinal.length];
    for (int ordinal = 0; ordinal < entries.length; ordinal++) {
      entries[ordinal] = (hashesByOrdinal[ordinal] << (Long.SIZE - EventHash.BITS)) | ordinal;
    }
    Arrays.sort(entries);
    return new IdTable(entries);
  }

  /** Reads what {@link #encode} wrote. */
  static IdTable decode(byte[] bytes) {
    long[] entries = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(entries);
    return new IdTable(entries);
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(entries.length * Long.BYTES);
    out.asLongBuffer().put(entries);
    return out.array();
  }

  /** The index at which the entries begin among which a hash is expected, of a table's count. */
  static int windowAt(long hash, int count) {
    // The order is that of signed numbers; hashes are spread evenly over all of them.
    long fraction = ((hash << (Long.SIZE - EventHash.BITS)) ^ Long.MIN_VALUE) >>> Integer.SIZE;
    long expected = (fraction * count) >>> Integer.SIZE;
    return (int) Math.max(0, Math.min(expected - WINDOW / 2, count - WINDOW));
  }

  int size() {
    return entries.length;
  }

  /** Whether entries with this hash may lie before the first of this part of a table. */
  boolean beginsBehind(long hash) {
    return entries[0] >= hash << (Long.SIZE - EventHash.BITS);
  }

  /** Whether entries with this hash may lie behind the last of this part of a table. */
  boolean endsBefore(long hash) {
    return entries[entries.length - 1] <= (hash << (Long.SIZE - EventHash.BITS) | ORDINAL_MASK);
  }

  /** The hash of the entry at an index of the sorted order. */
  long hash(int index) {
    return entries[index] >>> (Long.SIZE - EventHash.BITS);
  }

  /** The ordinals that have this hash, mostly none or one. */
  int[] ordinals(long hash) {
    long first = hash << (Long.SIZE - EventHash.BITS);
    int from = Arrays.binarySearch(entries, first);
    from = from < 0 ? -from - 1 : from;
    int to = from;
    while (to < entries.length && hash(to) == hash) {
      to++;
    }
    int[] found = new int[to - from];
    for (int i = 0; i < found.length; i++) {
      found[i] = (int) (entries[from + i] & ORDINAL_MASK);
    }
    return found;
  }

  /** The hash of every event, by ordinal. */
  long[] hashesByOrdinal() {
    long[] hashes = new long[entries.length];
    for (int i = 0; i < entries.length; i++) {
      hashes[(int) (entries[i] & ORDINAL_MASK)] = hash(i);
    }
    return hashes;
  }
}
