package io.levee.edge.api;

import io.levee.edge.net.HttpReply;
import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.event.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Projects and their keys. */
final class ProjectsEndpoint {
  private final ProjectRegistry registry;
  private final AdminRoutes.Ports ports;

  ProjectsEndpoint(AdminRoutes.Ports ports) {
    this.registry = ports.registry();
    this.ports = ports;
  }

  HttpReply list() {
    List<Json.Obj> all = registry.projects().stream().map(this::json).toList();
    return HttpReply.json(200, ApiReplies.object("projects", Json.array(all)));
  }

  HttpReply one(Project project) {
    return HttpReply.json(200, json(project));
  }

  /** A project, and a key for its clients. */
  HttpReply create(Json.Obj wanted) {
    String slug = text(wanted, "slug");
    String name = wanted.text("name") == null ? slug : text(wanted, "name");
    Project project = registry.create(slug, name, days(wanted, ports.retentionDays()));
    registry.createKey(project.id(), Set.of(Permission.INGEST));
    return HttpReply.json(201, json(project));
  }

  /** Name and retention; what is not named stays. */
  HttpReply change(Project project, Json.Obj wanted) {
    String name = wanted.text("name") == null ? project.name() : text(wanted, "name");
    int days = days(wanted, project.retentionDays());
    return HttpReply.json(200, json(registry.change(project.id(), name, days)));
  }

  HttpReply keys(Project project) {
    List<Json.Obj> all =
        registry.keys(project.id()).stream().map(key -> json(project, key)).toList();
    return HttpReply.json(200, ApiReplies.object("keys", Json.array(all)));
  }

  HttpReply createKey(Project project, Json.Obj wanted) {
    Set<Permission> permissions = permissions(wanted);
    return HttpReply.json(201, json(project, registry.createKey(project.id(), permissions)));
  }

  private static Set<Permission> permissions(Json.Obj wanted) {
    if (wanted.get("permissions") == null) {
      return Set.of(Permission.INGEST);
    }
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    for (Json item : wanted.array("permissions")) {
      String name = String.valueOf(item.scalarText());
      try {
        permissions.add(Permission.valueOf(name.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new ApiParameters.Wrong(
            "permissions: \"" + name + "\" (expected: ingest, read, release or admin)");
      }
    }
    if (permissions.isEmpty()) {
      throw new ApiParameters.Wrong("permissions: none (expected: ingest, read, release or admin)");
    }
    return permissions;
  }

  private static String text(Json.Obj wanted, String field) {
    if (wanted.get(field) instanceof Json.Text(String value)) {
      return value;
    }
    throw new ApiParameters.Wrong(field + ": (expected: a text)");
  }

  private static int days(Json.Obj wanted, int otherwise) {
    Json value = wanted.get("retention_days");
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Json.Num(String literal) && literal.matches("\\d{1,4}")) {
      return Integer.parseInt(literal);
    }
    throw new ApiParameters.Wrong("retention_days: (expected: a whole number, 1..3650)");
  }

  private Json.Obj json(Project project) {
    String dsn =
        registry.keys(project.id()).stream()
            .filter(ProjectKey::mayOnlySend)
            .findFirst()
            .map(key -> dsn(project, key))
            .orElse("");
    return ApiReplies.object(
        "id", project.id().value(),
        "slug", project.slug(),
        "name", project.name(),
        "log_id", project.logId(),
        "retention_days", project.retentionDays(),
        "created", project.created(),
        "dsn", dsn);
  }

  private Json.Obj json(Project project, ProjectKey key) {
    List<Json> permissions = new ArrayList<>();
    for (Permission permission : EnumSet.copyOf(key.permissions())) {
      permissions.add(Json.text(permission.name().toLowerCase(Locale.ROOT)));
    }
    Json.Obj json =
        ApiReplies.object(
            "key", key.value(),
            "sender", key.sender().key(),
            "permissions", Json.array(permissions));
    return key.mayOnlySend() ? json.with("dsn", Json.text(dsn(project, key))) : json;
  }

  private String dsn(Project project, ProjectKey key) {
    URI url = ports.publicUrl().get();
    return url.getScheme() + "://" + key.value() + "@" + url.getRawAuthority() + "/" + project.id();
  }
}
