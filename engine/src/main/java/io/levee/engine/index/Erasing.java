package io.levee.engine.index;

import io.levee.engine.query.Query;
import io.levee.engine.query.QueryMatcher;
import io.levee.event.Event;
import io.levee.event.ProjectId;
import java.time.Instant;

/**
 * Which events are to go for good: those of one project that a query matches and that came in
 * before a moment. What comes in later is a new matter. Immutable, thread-safe.
 */
public final class Erasing {
  private final ProjectId project;
  private final Query query;
  private final Instant receivedBefore;
  private final QueryMatcher matcher;

  /**
   * @param receivedBefore by the door's clock; an event of this very moment stays
   */
  public Erasing(ProjectId project, Query query, Instant receivedBefore) {
    this.project = project;
    this.query = query;
    this.receivedBefore = receivedBefore;
    this.matcher = new QueryMatcher(query);
  }

  public ProjectId project() {
    return project;
  }

  public Instant receivedBefore() {
    return receivedBefore;
  }

  /** Finds all that are to go, and perhaps some that came later. */
  public Query query() {
    return query;
  }

  /** Whether an event is to go. */
  public boolean takes(Event event) {
    return event.project().equals(project)
        && event.received().isBefore(receivedBefore)
        && matcher.matches(event);
  }

  /** The same of an event as it lies in a store. */
  public boolean takes(StoredEvent stored) {
    return takes(stored.event());
  }
}
