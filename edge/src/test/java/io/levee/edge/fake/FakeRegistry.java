package io.levee.edge.fake;

import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.engine.run.BackendException;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Projects and keys in memory. Used by one thread. */
public final class FakeRegistry implements ProjectRegistry {
  private final Map<ProjectId, Project> projects = new LinkedHashMap<>();
  private final Map<String, ProjectKey> keys = new LinkedHashMap<>();
  private @Nullable BackendException failure;

  /** Adds a project; returns this. */
  public FakeRegistry project(long number, String logId) {
    ProjectId id = new ProjectId(number);
    UUID log = UUID.fromString(logId);
    projects.put(id, new Project(id, "p" + number, "P" + number, log, 90, Instant.EPOCH));
    return this;
  }

  /** Adds a key; returns this. */
  public FakeRegistry key(String value, long project, Permission... permissions) {
    keys.put(value, new ProjectKey(value, new ProjectId(project), Set.of(permissions)));
    return this;
  }

  /** From now on every question about a key fails so; null: it is answered again. */
  public void failWith(@Nullable BackendException next) {
    this.failure = next;
  }

  @Override
  public List<Project> projects() {
    return List.copyOf(projects.values());
  }

  @Override
  public Optional<Project> project(ProjectId id) {
    return Optional.ofNullable(projects.get(id));
  }

  @Override
  public Optional<Project> projectByLogId(UUID logId) {
    return projects.values().stream().filter(project -> project.logId().equals(logId)).findFirst();
  }

  @Override
  public Optional<Project> projectBySlug(String slug) {
    return projects.values().stream().filter(project -> project.slug().equals(slug)).findFirst();
  }

  @Override
  public Optional<ProjectKey> key(String value) {
    if (failure != null) {
      throw failure;
    }
    return Optional.ofNullable(keys.get(value));
  }

  @Override
  public List<ProjectKey> keys(ProjectId project) {
    return keys.values().stream().filter(key -> key.project().equals(project)).toList();
  }

  @Override
  public Project create(String slug, String name, int retentionDays) {
    ProjectId id = new ProjectId(projects.size() + 1L);
    Project project =
        new Project(id, slug, name, new UUID(0, id.value()), retentionDays, Instant.EPOCH);
    projects.put(id, project);
    return project;
  }

  @Override
  public Project change(ProjectId id, String name, int retentionDays) {
    Project old = Objects.requireNonNull(projects.get(id));
    Project changed = new Project(id, old.slug(), name, old.logId(), retentionDays, old.created());
    projects.put(id, changed);
    return changed;
  }

  @Override
  public ProjectKey createKey(ProjectId project, Set<Permission> permissions) {
    String value = String.format("%08x%024x", 0xbeef0000L + keys.size(), 0);
    ProjectKey key = new ProjectKey(value, project, permissions);
    keys.put(value, key);
    return key;
  }
}
