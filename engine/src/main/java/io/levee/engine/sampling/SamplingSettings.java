package io.levee.engine.sampling;

import io.levee.event.ProjectId;
import java.util.Map;

/** Keeps the thresholds of projects that want another than the usual. Thread-safe. */
public interface SamplingSettings {
  /**
   * All that were set.
   *
   * @throws io.levee.engine.run.BackendException when they can't be read
   */
  Map<ProjectId, Integer> thresholds();

  /**
   * Sets a project's.
   *
   * @param threshold events a minute and fingerprint that are all kept, 0 to keep every event
   *     whole; negative to go back to the usual
   * @throws io.levee.engine.run.BackendException when it can't be written
   */
  void set(ProjectId project, int threshold);
}
