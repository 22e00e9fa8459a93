package io.levee.engine.accept;

import io.levee.event.Event;

/**
 * One step that every event passes at the door, before the first durable write. The door runs a
 * visible ordered list of them: {@link ClampTimes}, {@link TrimFields}, {@link Scrub}, {@link
 * Group}.
 *
 * <p>A step is a pure function: no I/O, thread-safe, the same answer for the same event. It never
 * throws for what an event holds, never refuses one, and gives back the same instance when it had
 * nothing to change. What it changes it says in a {@link io.levee.event.Mark}.
 */
@FunctionalInterface
public interface AcceptStep {
  /** The event as it goes on. */
  Event apply(Event event);
}
