package io.levee.spool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Bytes of a file, or offsets of the log, from {@code from} up to but not {@code to}. */
record Range(long from, long to) {

  long length() {
    return to - from;
  }

  /**
   * What is left of {@code whole} when the holes are cut out, in order. Holes may touch, but not
   * overlap.
   */
  static List<Range> without(Range whole, List<Range> holes) {
    List<Range> sorted = new ArrayList<>(holes);
    sorted.sort(Comparator.comparingLong(Range::from));
    List<Range> left = new ArrayList<>();
    long from = whole.from();
    for (Range hole : sorted) {
      if (hole.from() > from) {
        left.add(new Range(from, Math.min(hole.from(), whole.to())));
      }
      from = Math.max(from, hole.to());
    }
    if (from < whole.to()) {
      left.add(new Range(from, whole.to()));
    }
    return List.copyOf(left);
  }
}
