package io.levee.engine.registry;

import io.levee.event.ProjectId;
import java.util.Collection;
import java.util.Set;

/**
 * The projects whose data a reader may see. There is no way to read without one; what lies outside
 * is "not found".
 *
 * @param projects at least one
 */
public record ProjectScope(Set<ProjectId> projects) {
  public ProjectScope {
    projects = Set.copyOf(projects);
    if (projects.isEmpty()) {
      throw new IllegalArgumentException("scope: no project (expected: one or more)");
    }
  }

  public static ProjectScope of(ProjectId project) {
    return new ProjectScope(Set.of(project));
  }

  public static ProjectScope of(Collection<ProjectId> projects) {
    return new ProjectScope(Set.copyOf(projects));
  }

  public boolean covers(ProjectId project) {
    return projects.contains(project);
  }
}
