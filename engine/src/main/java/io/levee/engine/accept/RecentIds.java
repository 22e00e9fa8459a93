package io.levee.engine.accept;

import io.levee.event.EventId;
import io.levee.event.ProjectId;

/**
 * Remembers which events were accepted lately, so that a retry is answered like the first time but
 * stored once. Survives crashes: after a restart it knows at least all that is durable on the bus.
 * Thread-safe; {@link #claim} is called for every event and takes no lock for long.
 */
public interface RecentIds {
  /**
   * Claims an id for the caller.
   *
   * @return false when it was claimed before, within the time and number that are remembered
   */
  boolean claim(ProjectId project, EventId id);

  /** Takes a claim back because the event could not be made durable. */
  void release(ProjectId project, EventId id);
}
