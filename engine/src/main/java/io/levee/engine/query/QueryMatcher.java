package io.levee.engine.query;

import io.levee.event.Event;

/** What a query means for a single event. */
public interface QueryMatcher {
  boolean matches(Event event);
}
