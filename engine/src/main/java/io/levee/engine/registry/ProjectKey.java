package io.levee.engine.registry;

import io.levee.event.ProjectId;
import java.util.Set;

/**
 * A key of a project.
 *
 * @param value 32 lower-case hex digits. In the list of a project's keys, those that may do more
 *     than send are masked: their value is known only to who created them
 */
public record ProjectKey(String value, ProjectId project, Set<Permission> permissions) {
  public ProjectKey {
    permissions = Set.copyOf(permissions);
  }

  public boolean allows(Permission permission) {
    return permissions.contains(permission);
  }

  /** Without the value, which is a secret unless it may only send. */
  @Override
  public String toString() {
    return "ProjectKey[" + project + ", " + permissions + "]";
  }
}
