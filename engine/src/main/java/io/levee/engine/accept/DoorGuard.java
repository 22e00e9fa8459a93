package io.levee.engine.accept;

import org.jspecify.annotations.Nullable;

/**
 * Something that may close the door to everybody for a while. Asked for every request that brings
 * something, before anything of it is read: cheap. Thread-safe.
 */
@FunctionalInterface
public interface DoorGuard {
  /** What to answer; null when the door is open. */
  Verdict.@Nullable Unavailable refusal();
}
