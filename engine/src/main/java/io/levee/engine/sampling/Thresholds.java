package io.levee.engine.sampling;

import io.levee.event.ProjectId;
import java.util.Map;

/** The thresholds of all projects, in memory: the usual one, or the project's own. Thread-safe. */
public final class Thresholds implements SamplingRules {
  /** The highest that can be set. */
  public static final int MAX = 1_000_000;

  /** Past so many equal errors a minute, unless the operator or the project says otherwise. */
  public static final int DEFAULT = 100;

  private final SamplingSettings settings;
  private final int usual;
  private volatile Map<ProjectId, Integer> own = Map.of();

  /**
   * @param usual of projects that set none; 0 to keep every event of theirs whole
   */
  public Thresholds(SamplingSettings settings, int usual) {
    this.settings = settings;
    this.usual = checked(usual);
  }

  private static int checked(int threshold) {
    if (threshold < 0 || threshold > MAX) {
      throw new IllegalArgumentException(
          "sampling threshold: " + threshold + " (expected: 0.." + MAX + ")");
    }
    return threshold;
  }

  @Override
  public int threshold(ProjectId project, long nowNanos) {
    return of(project);
  }

  /** The one of projects that set none. */
  public int usual() {
    return usual;
  }

  /** The one that holds for a project. */
  public int of(ProjectId project) {
    return own.getOrDefault(project, usual);
  }

  /** Whether the project set its own. */
  public boolean isOwn(ProjectId project) {
    return own.containsKey(project);
  }

  /** Reads them anew; what another process changed is known then. */
  public void refresh() {
    own = Map.copyOf(settings.thresholds());
  }

  /**
   * Sets a project's own; it holds from the next event on.
   *
   * @throws IllegalArgumentException when it is not within 0..{@link #MAX}
   */
  public void set(ProjectId project, int threshold) {
    settings.set(project, checked(threshold));
    refresh();
  }

  /** Goes back to the usual one. */
  public void reset(ProjectId project) {
    settings.set(project, -1);
    refresh();
  }
}
