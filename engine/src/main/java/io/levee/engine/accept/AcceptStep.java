package io.levee.engine.accept;

import io.levee.event.Event;

/**
 * One of the ordered steps that an event takes at the door. Pure and thread-safe; returns the same
 * instance when it changes nothing.
 */
public interface AcceptStep {
  Event apply(Event event);
}
