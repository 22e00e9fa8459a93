package io.levee.engine.registry;

import io.levee.event.ProjectId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The projects and their keys. Thread-safe; failures are BackendExceptions. */
public interface ProjectRegistry {
  /** All projects, by id. */
  List<Project> projects();

  Optional<Project> project(ProjectId id);

  /** By the id that the elmah.io API uses. */
  Optional<Project> projectByLogId(UUID logId);

  Optional<Project> projectBySlug(String slug);

  /**
   * The key with this value, if it is one of ours. Called for every request: wrap with {@link
   * CachedProjectRegistry}.
   */
  Optional<ProjectKey> key(String value);

  List<ProjectKey> keys(ProjectId project);

  /**
   * Creates a project with the next free number.
   *
   * @throws IllegalArgumentException when the slug is taken or malformed
   */
  Project create(String slug, String name, int retentionDays);

  /** Creates a key. */
  ProjectKey createKey(ProjectId project, Set<Permission> permissions);
}
