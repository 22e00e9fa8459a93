package io.levee.console;

import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Projects in a list. Thread-safe. */
final class MemoryRegistry implements ProjectRegistry {
  private final List<Project> projects = new CopyOnWriteArrayList<>();
  private final List<ProjectKey> keys = new CopyOnWriteArrayList<>();

  @Override
  public List<Project> projects() {
    return List.copyOf(projects);
  }

  private Optional<Project> first(Predicate<Project> test) {
    return projects.stream().filter(test).findFirst();
  }

  @Override
  public Optional<Project> project(ProjectId id) {
    return first(project -> project.id().equals(id));
  }

  @Override
  public Optional<Project> projectByLogId(UUID logId) {
    return first(project -> project.logId().equals(logId));
  }

  @Override
  public Optional<Project> projectBySlug(String slug) {
    return first(project -> project.slug().equals(slug));
  }

  @Override
  public Optional<ProjectKey> key(String value) {
    return keys.stream().filter(key -> key.value().equals(value)).findFirst();
  }

  @Override
  public List<ProjectKey> keys(ProjectId project) {
    return keys.stream().filter(key -> key.project().equals(project)).toList();
  }

  @Override
  public Project create(String slug, String name, int retentionDays) {
    long number = projects.size() + 1L;
    Project project =
        new Project(
            new ProjectId(number),
            slug,
            name,
            new UUID(0, number),
            retentionDays,
            Instant.parse("2026-11-01T00:00:00Z"));
    projects.add(project);
    return project;
  }

  @Override
  public Project change(ProjectId id, String name, int retentionDays) {
    Project old = project(id).orElseThrow();
    Project changed = new Project(id, old.slug(), name, old.logId(), retentionDays, old.created());
    projects.set(projects.indexOf(old), changed);
    return changed;
  }

  @Override
  public ProjectKey createKey(ProjectId project, Set<Permission> permissions) {
    String value = String.format("%08x%024x", 0x5eed_0000L + keys.size(), keys.size());
    ProjectKey key = new ProjectKey(value, project, permissions);
    keys.add(key);
    return key;
  }
}
