package io.levee.local.index;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;

/**
 * Goes through the values of many segments together, in the order of their bytes, and adds up what
 * was counted of each. A tree of losers (Knuth, The Art of Computer Programming 5.4.1): for each
 * value one comparison a level, mostly of eight bytes as a number. Used by one thread.
 */
final class ValueMerge {
  private static final int NOBODY = -1;

  private final ValueCursor[] cursors;

  /** The heads of the cursors' values; of those at an end it does not matter. */
  private final long[] heads;

  private final boolean[] ended;

  /** At 0 who comes first; at each other place who lost there. */
  private final int[] tree;

  // The value that is added up.
  private long head;
  private int length = -1;
  private byte[] bytes = new byte[64];

  /** Takes the events of the value that the merge stands at, from all segments. */
  interface Taker {
    void take(ValueMerge at, long events) throws IOException;
  }

  ValueMerge(List<ValueCursor> all) throws IOException {
    this.cursors = all.toArray(ValueCursor[]::new);
    this.heads = new long[cursors.length];
    this.ended = new boolean[cursors.length];
    this.tree = new int[Math.max(1, cursors.length)];
    Arrays.fill(tree, NOBODY);
    for (int i = cursors.length - 1; i >= 0; i--) {
      advance(i);
      play(i);
    }
  }

  private void advance(int cursor) throws IOException {
    ended[cursor] = !cursors[cursor].next();
    heads[cursor] = cursors[cursor].head();
  }

  /** Lets a cursor play from its leaf up to the root, as far as others have come by. */
  private void play(int cursor) {
    int winner = cursor;
    for (int at = (cursor + cursors.length) / 2; at > 0; at /= 2) {
      int other = tree[at];
      if (other == NOBODY) {
        tree[at] = winner;
        return;
      }
      if (isBefore(other, winner)) {
        tree[at] = winner;
        winner = other;
      }
    }
    tree[0] = winner;
  }

  private boolean isBefore(int a, int b) {
    if (ended[a] || ended[b]) {
      return !ended[a];
    }
    return heads[a] == heads[b]
        ? cursors[a].compare(cursors[b]) < 0
        : Long.compareUnsigned(heads[a], heads[b]) < 0;
  }

  void forEach(Taker taker) throws IOException {
    long events = 0;
    for (int first = tree[0]; first != NOBODY && !ended[first]; first = tree[0]) {
      ValueCursor cursor = cursors[first];
      if (!stands(cursor)) {
        if (length >= 0) {
          taker.take(this, events);
        }
        goTo(cursor);
        events = 0;
      }
      events += cursor.events();
      advance(first);
      play(first);
    }
    if (length >= 0) {
      taker.take(this, events);
    }
  }

  private boolean stands(ValueCursor cursor) {
    return cursor.head() == head
        && cursor.length() == length
        && (length <= Long.BYTES || cursor.is(bytes));
  }

  private void goTo(ValueCursor cursor) {
    head = cursor.head();
    length = cursor.length();
    bytes = ArrayUtil.growNoCopy(bytes, length);
    cursor.copyTo(bytes);
  }

  /** The value that it stands at. */
  String value() {
    return new BytesRef(bytes, 0, length).utf8ToString();
  }
}
