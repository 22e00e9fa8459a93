package io.levee.local.index;

import io.levee.engine.index.Tally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the values with the most events, and all that have as many as the last of them. Used by one
 * thread.
 */
final class TopValues {
  private static final int KEPT_MIN = 1_024;

  private final int most;
  private List<Tally.Group> kept = new ArrayList<>();
  private int full;
  private long least = 1;

  /**
   * @param most how many are wanted
   */
  TopValues(int most) {
    this.most = most;
    this.full = Math.max(KEPT_MIN, 4 * most);
  }

  /** Whether a value with so many events may be among them. */
  boolean wants(long events) {
    return events >= least;
  }

  void add(String value, long events) {
    kept.add(new Tally.Group(-1, new @Nullable String[] {value}, events));
    if (kept.size() >= full) {
      cut();
      full = Math.max(full, 2 * kept.size()); // Many may have as many as the last.
    }
  }

  private void cut() {
    if (kept.size() > most) {
      List<Tally.Group> sorted = new ArrayList<>(kept);
      sorted.sort(Comparator.comparingLong(Tally.Group::events).reversed());
      least = sorted.get(most - 1).events();
      sorted.removeIf(group -> group.events() < least);
      kept = sorted;
    }
  }

  List<Tally.Group> result() {
    cut();
    return kept;
  }
}
