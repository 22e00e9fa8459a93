package io.levee.local.index;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;

/**
 * Goes through the values of one key in a segment's dictionary that were counted, in the order of
 * their bytes. Used by one thread.
 */
final class ValueCursor {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Further on it is faster to look a value up than to go through those before it. */
  private static final int STEPS_MAX = 32;

  private final TermsEnum terms;
  private final long firstOrd;
  private final int prefixBytes;
  private final PlaceCounts counts;
  private final int begin;
  private final int end;
  private int at;
  private int termAt = -1;
  private BytesRef term = new BytesRef();
  private long head;

  /**
   * @param firstOrd of the values, where they lie next to each other
   * @param prefixBytes that stand before each
   * @param counts by place
   * @param begin the place of the first value
   * @param end behind the place of the last
   */
  ValueCursor(
      TermsEnum terms, long firstOrd, int prefixBytes, PlaceCounts counts, int begin, int end) {
    this.terms = terms;
    this.firstOrd = firstOrd;
    this.prefixBytes = prefixBytes;
    this.counts = counts;
    this.begin = begin;
    this.end = end;
    this.at = begin - 1;
  }

  /** Goes to the next value; false when there is none. */
  boolean next() throws IOException {
    do {
      at++;
    } while (at < end && counts.isNone(at));
    if (at >= end) {
      return false;
    }
    if (termAt < 0 || at - termAt > STEPS_MAX) {
      terms.seekExact(firstOrd + at - begin);
      term = terms.term();
    } else {
      for (; termAt < at; termAt++) {
        term = terms.next();
      }
    }
    termAt = at;
    head = head(term.bytes, term.offset + prefixBytes, term.length - prefixBytes);
    return true;
  }

  /** The first eight bytes, so that they compare as numbers without a sign. */
  private static long head(byte[] bytes, int offset, int length) {
    if (length >= Long.BYTES) {
      return (long) EIGHT.get(bytes, offset);
    }
    long head = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      head = (head << Byte.SIZE) | (i < length ? bytes[offset + i] & 0xFF : 0);
    }
    return head;
  }

  long head() {
    return head;
  }

  /** How many events have the value. */
  long events() {
    return counts.get(at);
  }

  /** The order of this value and another's. */
  int compare(ValueCursor other) {
    int order = Long.compareUnsigned(head, other.head);
    return order != 0
        ? order
        : Arrays.compareUnsigned(
            term.bytes,
            term.offset + prefixBytes,
            term.offset + term.length,
            other.term.bytes,
            other.term.offset + other.prefixBytes,
            other.term.offset + other.term.length);
  }

  /** How many bytes the value has. */
  int length() {
    return term.length - prefixBytes;
  }

  /** Whether the value is what an array begins with. */
  boolean is(byte[] other) {
    int begin = term.offset + prefixBytes;
    return Arrays.equals(
        term.bytes, begin, term.offset + term.length, other, 0, term.length - prefixBytes);
  }

  void copyTo(byte[] to) {
    System.arraycopy(term.bytes, term.offset + prefixBytes, to, 0, length());
  }
}
