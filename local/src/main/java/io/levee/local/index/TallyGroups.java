package io.levee.local.index;

import io.levee.engine.index.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up over segments and slices, by words. Used by one thread. */
final class TallyGroups {
  private final int most;
  private final Map<Key, long[]> events = new HashMap<>();
  private boolean over;

  /** A stretch of time and the words of the fields. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by content, below.
  record Key(int start, @Nullable String[] values) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && key.start == start && Arrays.equals(key.values, values);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(values) + start;
    }
  }

  TallyGroups(int most) {
    this.most = most;
  }

  int most() {
    return most;
  }

  void overflow() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  void add(Key key, long count) {
    if (over) {
      return;
    }
    long[] held = events.get(key);
    if (held != null) {
      held[0] += count;
    } else if (events.size() < most) {
      events.put(key, new long[] {count});
    } else {
      overflow();
    }
  }

  List<Tally.Group> result() {
    List<Tally.Group> groups = new ArrayList<>(events.size());
    events.forEach(
        (key, count) -> groups.add(new Tally.Group(key.start(), key.values(), count[0])));
    return groups;
  }
}
