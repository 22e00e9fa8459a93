package io.levee.engine.index;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts by the values of fields.
 *
 * @param groups those with at least one event, in no order
 * @param events the sum of the weights of all that were counted, also of groups that were not
 *     wanted, see {@link TallyRequest#top}
 * @param stored how many stored events were counted
 * @param unread how many more match that can't be counted by these fields: their values are read
 *     with {@link EventReading#uncountedBy}. Then all groups are given
 */
public record Tally(List<Group> groups, long events, long stored, long unread) {
  public Tally {
    groups = List.copyOf(groups);
  }

  /** A tally of all groups. */
  public static Tally ofAll(List<Group> groups, long stored, long unread) {
    long events = 0;
    for (Group group : groups) {
      events += group.events();
    }
    return new Tally(groups, events, stored, unread);
  }

  /**
   * Events that are alike.
   *
   * @param start of the stretch of time, by its place in {@link TallyRequest#starts}; -1 when time
   *     does not matter
   * @param values of the fields, in their order; null where an event has none. Of a field with
   *     several the first
   * @param events the sum of the weights
   */
  @SuppressWarnings("ArrayRecordComponent") // Millions of these; nobody compares or changes them.
  public record Group(int start, @Nullable String[] values, long events) {}
}
