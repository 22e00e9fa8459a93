package io.levee.console;

import io.levee.engine.sampling.SamplingSettings;
import io.levee.event.ProjectId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Thresholds in memory. */
final class MemorySampling implements SamplingSettings {
  private final Map<ProjectId, Integer> thresholds = new ConcurrentHashMap<>();

  @Override
  public Map<ProjectId, Integer> thresholds() {
    return thresholds;
  }

  @Override
  public void set(ProjectId project, int threshold) {
    if (threshold < 0) {
      thresholds.remove(project);
    } else {
      thresholds.put(project, threshold);
    }
  }
}
