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
    return permissions.contains(permission)
        || (permission == Permission.RELEASE && permissions.contains(Permission.ADMIN));
  }

  /** Whether it is one that clients carry about: it may send and nothing else. */
  public boolean mayOnlySend() {
    return permissions.equals(Set.of(Permission.INGEST));
  }

  /** Who sends with this key; of a masked one the key is empty when too few digits are shown. */
  public Sender sender() {
    String digits = value.substring(0, Math.min(value.length(), Sender.KEY_DIGITS));
    return new Sender(project, digits.indexOf('*') < 0 ? digits : "");
  }

  /** Without the value, which is a secret unless it may only send. */
  @Override
  public String toString() {
    return "ProjectKey[" + project + ", " + permissions + "]";
  }
}
