package io.levee.engine.query.pipe;

import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * Groups of one field in the order of its values. There may be a million, and who asks mostly takes
 * the first few thousand: these are found without sorting the rest. Can be gone through once; used
 * by one thread.
 */
final class GroupOrder implements Iterator<Groups.Group> {
  private static final int FIRST = 20_000;

  private final PriorityQueue<Keyed> first;
  private Keyed[] rest = new Keyed[0];
  private int given;
  private int at;

  /** What a group is sorted by, read once. The order is that of {@link Value#ORDER}. */
  private record Keyed(double number, String text, Groups.Group group)
      implements Comparable<Keyed> {
    @Override
    public int compareTo(Keyed other) {
      boolean numeric = !Double.isNaN(number);
      if (numeric != !Double.isNaN(other.number)) {
        return numeric ? -1 : 1;
      }
      int order = numeric ? Double.compare(number, other.number) : 0;
      return order != 0 ? order : Value.compareTexts(text, other.text);
    }
  }

  GroupOrder(Groups groups) {
    List<Keyed> keyed = new ArrayList<>(groups.all().size());
    for (Groups.Group group : groups.all()) {
      Value value = group.values().getFirst();
      keyed.add(new Keyed(value.asNumber(), value.asText(), group));
    }
    this.first = new PriorityQueue<>(keyed);
  }

  @Override
  public boolean hasNext() {
    return !first.isEmpty() || at < rest.length;
  }

  @Override
  public Groups.Group next() {
    if (given == FIRST && !first.isEmpty()) {
      rest = first.toArray(Keyed[]::new);
      Arrays.sort(rest);
      first.clear();
    }
    given++;
    Keyed next = at < rest.length ? rest[at++] : first.poll();
    if (next == null) {
      throw new NoSuchElementException("the groups are at an end");
    }
    return next.group();
  }
}
