package io.levee.engine.index;

import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;

/**
 * Asks for all matching events, one after the other.
 *
 * @param newestFirst whether they must come in order of time; out of order is faster
 */
public record EventReading(ProjectScope scope, Query query, TimeRange range, boolean newestFirst) {}
