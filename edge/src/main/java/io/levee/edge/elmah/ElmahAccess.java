package io.levee.edge.elmah;

import io.levee.edge.net.HttpCall;
import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.engine.registry.Sender;
import io.levee.event.ProjectId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request's key may do something with a log. A log is a project, named by its log
 * id or its number. Somebody else's log is as good as none. Thread-safe.
 */
final class ElmahAccess {
  private static final int KEY_CHARS_MAX = 64;
  private static final int UUID_CHARS = 36;

  private final ProjectRegistry registry;

  ElmahAccess(ProjectRegistry registry) {
    this.registry = registry;
  }

  /** What was decided. */
  sealed interface Decision {}

  record Granted(Project project, Sender sender) implements Decision {}

  /**
   * @param reason for the ledger
   */
  record Denied(int status, String detail, String reason) implements Decision {}

  /**
   * @throws io.levee.engine.run.BackendException when the registry is in trouble
   */
  Decision check(HttpCall call, Permission permission) {
    String key = key(call);
    if (key == null) {
      return new Denied(401, "api_key: none (expected: as header or query parameter)", "no key");
    }
    Optional<ProjectKey> known =
        key.length() > KEY_CHARS_MAX ? Optional.empty() : registry.key(key);
    if (known.isEmpty()) {
      return new Denied(401, "api_key: unknown", "unknown key");
    }
    Optional<Project> project = project(call.pathParameter("log"));
    if (project.isEmpty() || !project.get().id().equals(known.get().project())) {
      return new Denied(404, "log: no such log for this key", "wrong project");
    }
    return known.get().allows(permission)
        ? new Granted(project.get(), known.get().sender())
        : new Denied(401, "api_key: without the permission " + permission, "not permitted");
  }

  private static @Nullable String key(HttpCall call) {
    String header = call.header("api_key");
    String key = header == null ? call.query("api_key") : header;
    return key == null || key.isBlank() ? null : key.strip();
  }

  private Optional<Project> project(String log) {
    ProjectId number = ProjectId.parse(log);
    if (number != null) {
      return registry.project(number);
    }
    if (log.length() != UUID_CHARS) {
      return Optional.empty();
    }
    try {
      return registry.projectByLogId(UUID.fromString(log));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
