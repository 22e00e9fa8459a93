package io.levee.engine.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.levee.event.ProjectId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what the registry answered, also that a key is unknown, so that neither a flood of good
 * nor one of bad keys reaches the database. What is created here is seen at once; a change made by
 * another process after {@link #TTL}.
 */
public final class CachedProjectRegistry implements ProjectRegistry {
  /** How long an answer is believed. */
  public static final Duration TTL = Duration.ofSeconds(60);

  private static final long ENTRIES_MAX = 100_000;

  private final ProjectRegistry registry;
  private final Cache<String, Optional<ProjectKey>> keys = cache();

  /** Known ones as they were read last: whose a flood is must be known in any moment. */
  private final Cache<String, ProjectKey> lastKnown =
      bounded().expireAfterAccess(Duration.ofHours(1)).build();

  private final Cache<ProjectId, Optional<Project>> projects = cache();
  private final Cache<UUID, Optional<Project>> byLogId = cache();

  public CachedProjectRegistry(ProjectRegistry registry) {
    this.registry = registry;
  }

  private static <K, V> Cache<K, V> cache() {
    return bounded().expireAfterWrite(TTL).build();
  }

  /** Tidied by who asks: another thread would be woken thousands of times a second. */
  private static Caffeine<Object, Object> bounded() {
    return Caffeine.newBuilder().maximumSize(ENTRIES_MAX).executor(Runnable::run);
  }

  @Override
  public List<Project> projects() {
    return registry.projects();
  }

  @Override
  public Optional<Project> project(ProjectId id) {
    return projects.get(id, registry::project);
  }

  @Override
  public Optional<Project> projectByLogId(UUID logId) {
    return byLogId.get(logId, registry::projectByLogId);
  }

  @Override
  public Optional<Project> projectBySlug(String slug) {
    return registry.projectBySlug(slug);
  }

  @Override
  public Optional<ProjectKey> key(String value) {
    return keys.get(value, this::read);
  }

  private Optional<ProjectKey> read(String value) {
    Optional<ProjectKey> read = registry.key(value);
    read.ifPresentOrElse(key -> lastKnown.put(value, key), () -> lastKnown.invalidate(value));
    return read;
  }

  /**
   * A key as it was when it was asked for last; null when it was unknown then, or never asked for.
   * Never waits. To say whose something is, not to let anybody in.
   */
  public @Nullable ProjectKey remembered(String value) {
    return lastKnown.getIfPresent(value);
  }

  @Override
  public List<ProjectKey> keys(ProjectId project) {
    return registry.keys(project);
  }

  @Override
  public Project create(String slug, String name, int retentionDays) {
    Project project = registry.create(slug, name, retentionDays);
    projects.invalidate(project.id());
    byLogId.invalidate(project.logId());
    return project;
  }

  @Override
  public Project change(ProjectId id, String name, int retentionDays) {
    Project project = registry.change(id, name, retentionDays);
    projects.invalidate(id);
    byLogId.invalidate(project.logId());
    return project;
  }

  @Override
  public ProjectKey createKey(ProjectId project, Set<Permission> permissions) {
    ProjectKey key = registry.createKey(project, permissions);
    keys.invalidate(key.value());
    return key;
  }
}
