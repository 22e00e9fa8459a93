package io.levee.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers JSON arrays that come again and again, byte for byte, so that {@link JsonText} reads
 * each of them once and gives all documents the same {@link Json.Arr} over a {@link SharedList}. A
 * table with one place for each hash: what comes new takes the place of what was there, but only
 * when it comes for the second time, so that a stranger's ever new arrays push nobody out.
 *
 * <p>Bounded in bytes. Thread-safe; finding takes no lock.
 */
public final class RepeatedArrays {
  /** Shorter ones are read faster than they are looked up. */
  static final int ARRAY_BYTES_MIN = 256;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int PLACES = 1 << 11;
  private static final int SEEN = 1 << 13;

  @SuppressWarnings("ArrayRecordComponent") // Our own copy, never given away.
  private record Known(long hash, byte[] text, Json.Arr array) {}

  private final String name;
  private final int arrayBytesMax;
  private final long bytesMax;
  private final AtomicReferenceArray<@Nullable Known> places = new AtomicReferenceArray<>(PLACES);
  private final AtomicLongArray seen = new AtomicLongArray(SEEN);

  // Guarded by this.
  private long bytes;
  private int hand;

  /**
   * @param name of the fields whose arrays are worth it
   * @param bytesMax how many bytes of text all remembered arrays have together; in memory, read,
   *     they take about ten times as much
   */
  public RepeatedArrays(String name, long bytesMax) {
    this.name = name;
    this.bytesMax = bytesMax;
    this.arrayBytesMax = (int) Math.min(bytesMax / 8, 1 << 20);
  }

  /** Whether a field's array is worth it. */
  boolean concerns(String field) {
    return name.equals(field);
  }

  /** Whether an array of so many bytes is worth it. */
  boolean concerns(int length) {
    return length >= ARRAY_BYTES_MIN && length <= arrayBytesMax;
  }

  static long hash(byte[] text, int from, int to) {
    long hash = (long) to - from;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      hash = mix(hash ^ littleEndian(text, at));
    }
    for (; at < to; at++) {
      hash = mix(hash ^ (text[at] & 0xFF));
    }
    return mix(hash);
  }

  private static long littleEndian(byte[] text, int at) {
    return (long) LONGS.get(text, at);
  }

  private static long mix(long value) {
    long mixed = value * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 32);
  }

  /** The array whose text these bytes are; null when it isn't remembered. */
  Json.@Nullable Arr find(long hash, byte[] text, int from, int to) {
    Known known = places.get(place(hash));
    boolean same =
        known != null
            && known.hash() == hash
            && Arrays.equals(known.text(), 0, known.text().length, text, from, to);
    return same && known != null ? known.array() : null;
  }

  /** Whether to remember an array that was not found: from the second time on. */
  boolean welcome(long hash) {
    int at = (int) (hash >>> 40) & (SEEN - 1);
    return seen.getAndSet(at, hash) == hash;
  }

  /** Remembers an array, and forgets others until it fits. */
  synchronized void remember(long hash, byte[] text, int from, int to, Json.Arr array) {
    put(place(hash), new Known(hash, Arrays.copyOfRange(text, from, to), array));
    while (bytes > bytesMax) {
      hand = (hand + 1) & (PLACES - 1);
      if (hand != place(hash)) {
        put(hand, null);
      }
    }
  }

  /** Bytes of text that are remembered now. */
  synchronized long bytes() {
    return bytes;
  }

  private void put(int place, @Nullable Known known) {
    Known before = places.getAndSet(place, known);
    bytes +=
        (known == null ? 0 : known.text().length) - (before == null ? 0 : before.text().length);
  }

  private static int place(long hash) {
    return (int) hash & (PLACES - 1);
  }
}
