package io.levee.engine.registry;

import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.UUID;

/**
 * One application whose events are kept apart from others'.
 *
 * @param slug lower-case letters, digits and dashes; unique; what addresses show
 * @param logId the same project's id in the elmah.io API
 * @param retentionDays how many days events are kept, 1..3650
 */
public record Project(
    ProjectId id, String slug, String name, UUID logId, int retentionDays, Instant created) {
  public static final int RETENTION_DAYS_DEFAULT = 90;

  public Project {
    if (retentionDays < 1 || retentionDays > 3650) {
      throw new IllegalArgumentException(
          "retentionDays: " + retentionDays + " (expected: 1..3650)");
    }
  }
}
