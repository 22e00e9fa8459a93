package io.levee.edge.sentry;

import io.levee.engine.registry.Project;
import io.levee.engine.release.Deploy;
import io.levee.engine.release.Release;
import io.levee.engine.release.SemanticVersion;
import io.levee.event.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Releases and deploys in the words of Sentry's web API. Pure. */
final class SentryReleaseJson {
  private SentryReleaseJson() {}

  static Json.Obj release(Release release, Project project) {
    Map<String, Json> fields = new LinkedHashMap<>();
    fields.put("version", Json.text(release.name()));
    fields.put("shortVersion", Json.text(shortVersion(release.name())));
    fields.put("ref", textOrNull(release.ref()));
    fields.put("url", textOrNull(release.url()));
    fields.put("dateCreated", time(release.firstSeen()));
    fields.put("dateReleased", time(release.released()));
    fields.put("firstEvent", time(release.lastSeen() == null ? null : release.firstSeen()));
    fields.put("lastEvent", time(release.lastSeen()));
    fields.put("newGroups", Json.number(release.newIssues()));
    fields.put("deployCount", Json.number((long) release.deploys()));
    fields.put("lastDeploy", Json.nothing());
    fields.put("commitCount", Json.number(0));
    fields.put("lastCommit", Json.nothing());
    fields.put("authors", Json.array(List.of()));
    fields.put("owner", Json.nothing());
    fields.put("data", Json.Obj.EMPTY);
    fields.put("status", Json.text("open"));
    fields.put("projects", Json.array(List.of(project(project, release))));
    return new Json.Obj(fields);
  }

  private static Json.Obj project(Project project, Release release) {
    Map<String, Json> fields = new LinkedHashMap<>();
    fields.put("id", Json.number(project.id().value()));
    fields.put("slug", Json.text(project.slug()));
    fields.put("name", Json.text(project.name()));
    fields.put("newGroups", Json.number(release.newIssues()));
    return new Json.Obj(fields);
  }

  /** Without the package's name. */
  private static String shortVersion(String name) {
    SemanticVersion version = SemanticVersion.parse(name);
    return version == null || version.packageName().isEmpty()
        ? name
        : name.substring(version.packageName().length() + 1);
  }

  static Json.Obj deploy(Deploy deploy) {
    Map<String, Json> fields = new LinkedHashMap<>();
    fields.put("id", Json.text(Long.toString(deploy.id())));
    fields.put("environment", Json.text(deploy.environment()));
    fields.put("name", textOrNull(deploy.name()));
    fields.put("url", textOrNull(deploy.url()));
    fields.put("dateStarted", time(deploy.started()));
    fields.put("dateFinished", time(deploy.finished()));
    return new Json.Obj(fields);
  }

  private static Json time(@Nullable Instant time) {
    return time == null ? Json.nothing() : Json.text(time.toString());
  }

  private static Json textOrNull(@Nullable String text) {
    return text == null ? Json.nothing() : Json.text(text);
  }
}
