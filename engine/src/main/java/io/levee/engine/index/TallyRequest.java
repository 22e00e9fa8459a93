package io.levee.engine.index;

import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import java.time.Instant;
import java.util.List;

/**
 * Asks for counts by the values of fields, and by stretches of time.
 *
 * @param fields names of {@link io.levee.engine.query.Fields} or {@code tags.x}, {@code extra.x},
 *     {@code contexts.x}, or such a key alone
 * @param starts where stretches begin, in order: each goes to the next, the last to the end of the
 *     range; what lies before the first belongs to it. Empty when time does not matter
 * @param groupsMax how many different combinations are counted at most
 * @param top when not 0, only groups with the most events are wanted: all that have as many as the
 *     one at this place, and the one without values. An index may give more
 */
public record TallyRequest(
    ProjectScope scope,
    Query query,
    TimeRange range,
    List<String> fields,
    List<Instant> starts,
    int groupsMax,
    int top) {
  public TallyRequest {
    fields = List.copyOf(fields);
    starts = List.copyOf(starts);
  }

  /** Asks for all groups. */
  public TallyRequest(
      ProjectScope scope,
      Query query,
      TimeRange range,
      List<String> fields,
      List<Instant> starts,
      int groupsMax) {
    this(scope, query, range, fields, starts, groupsMax, 0);
  }
}
