package io.levee.engine.sampling;

import io.levee.event.ProjectId;

/** From how many on equal events are sampled. Thread-safe; asked for every event. */
@FunctionalInterface
public interface SamplingRules {
  /** What {@link #threshold} says when nothing is to be sampled. */
  int OFF = 0;

  /** Samples nothing. */
  SamplingRules NONE = (project, nowNanos) -> OFF;

  /**
   * How many events a window and fingerprint are all kept. Asked once for each error that comes in,
   * so that one who asks may be counted.
   *
   * @param nowNanos monotonic
   * @return 1 or more, or {@link #OFF}
   */
  int threshold(ProjectId project, long nowNanos);
}
