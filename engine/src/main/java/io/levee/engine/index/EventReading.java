package io.levee.engine.index;

import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import java.util.List;

/**
 * Asks for all matching events, one after the other.
 *
 * @param newestFirst whether they must come in order of time; out of order is faster
 * @param uncountedBy when there are any: only the events that {@link EventIndex#tally} by these
 *     fields leaves out; out of order
 */
public record EventReading(
    ProjectScope scope,
    Query query,
    TimeRange range,
    boolean newestFirst,
    List<String> uncountedBy) {
  public EventReading {
    uncountedBy = List.copyOf(uncountedBy);
  }

  /** All matching events. */
  public EventReading(ProjectScope scope, Query query, TimeRange range, boolean newestFirst) {
    this(scope, query, range, newestFirst, List.of());
  }
}
