package io.levee.local.archive;

import java.util.List;

/** Where the events of an object are. */
record Contents(List<Block> blocks, IdTable ids) {
  Contents {
    blocks = List.copyOf(blocks);
  }

  /** The block, of an object's blocks in order, that holds an event. */
  static Block block(List<Block> blocks, int ordinal) {
    int from = 0;
    int to = blocks.size() - 1;
    while (from < to) {
      int middle = (from + to + 1) >>> 1;
      if (blocks.get(middle).firstOrdinal() <= ordinal) {
        from = middle;
      } else {
        to = middle - 1;
      }
    }
    Block block = blocks.isEmpty() ? null : blocks.get(from);
    if (block == null || !block.holds(ordinal)) {
      throw new IllegalArgumentException("event " + ordinal + " is in no block");
    }
    return block;
  }
}
