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

  /**
   * A project's keys, the oldest first. Of a key that may do more than send, all but the first
   * eight digits of the value are asterisks.
   */
  List<ProjectKey> keys(ProjectId project);

  /**
   * Creates a project with the next free number.
   *
   * @param slug 1 to 64 lower-case letters, digits and dashes, a letter or digit first
   * @param name 1 to 200 characters
   * @throws IllegalArgumentException when the slug is taken or malformed, or another argument is
   *     out of its range
   */
  Project create(String slug, String name, int retentionDays);

  /**
   * Changes a project's name and how long its events are kept; it takes effect with the next round
   * of retention.
   *
   * @return as it is now
   * @throws IllegalArgumentException when there is no such project, or an argument is out of its
   *     range
   */
  Project change(ProjectId project, String name, int retentionDays);

  /**
   * Creates a key. This is the only time that the value of one that may do more than send is told.
   *
   * @throws IllegalArgumentException when there is no such project, or no permission is given
   */
  ProjectKey createKey(ProjectId project, Set<Permission> permissions);
}
