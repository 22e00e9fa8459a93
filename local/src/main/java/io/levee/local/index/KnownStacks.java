package io.levee.local.index;

/**
 * Which stacks a slice holds as documents, and which it met lately without making one. A stack
 * earns a document when it comes again: most that come once never do, and a document costs more
 * than the terms it saves. Used by the lanes that write the slice; that two of them make a document
 * of the same stack at once is rare and costs its bytes, no more.
 */
final class KnownStacks {
  /** Of a slice with more the rest lies with the events, as if there were no documents. */
  static final int DOCUMENTS_MAX = 100_000;

  /** Stacks with fewer values than this lie with the events: their terms cost too little. */
  static final int VALUES_MIN = 4;

  private static final int LATELY = 1 << 13;
  private static final int FIRST_SLOTS = 1 << 10;

  private final int documentsMax;
  private long[] slots = new long[FIRST_SLOTS];
  private int size;
  private boolean zero;
  private long[] lately = new long[0];

  KnownStacks() {
    this(DOCUMENTS_MAX);
  }

  KnownStacks(int documentsMax) {
    this.documentsMax = documentsMax;
  }

  /** Whether there is a document of this stack. */
  synchronized boolean holds(long hash) {
    return hash == 0 ? zero : slots[slot(slots, hash)] == hash;
  }

  /** Whether a stack that has no document shall have one from now on. */
  synchronized boolean earns(Stack stack) {
    if (stack.values() < VALUES_MIN || size >= documentsMax) {
      return false;
    }
    if (lately.length == 0) {
      lately = new long[LATELY];
    }
    int at = (int) stack.hash() & (LATELY - 1);
    boolean again = lately[at] == stack.hash();
    lately[at] = stack.hash();
    return again;
  }

  /** There is a document of this stack now. */
  synchronized void add(long hash) {
    if (holds(hash)) {
      return;
    }
    size++;
    if (hash == 0) {
      zero = true;
      return;
    }
    if (2 * size > slots.length) {
      grow();
    }
    slots[slot(slots, hash)] = hash;
  }

  private void grow() {
    long[] larger = new long[2 * slots.length];
    for (long hash : slots) {
      if (hash != 0) {
        larger[slot(larger, hash)] = hash;
      }
    }
    slots = larger;
  }

  /** Where a hash lies, or the free place where it would; hashes are as good as random. */
  private static int slot(long[] slots, long hash) {
    int at = (int) (hash >>> 32) & (slots.length - 1);
    while (slots[at] != 0 && slots[at] != hash) {
      at = (at + 1) & (slots.length - 1);
    }
    return at;
  }

  synchronized int size() {
    return size;
  }
}
