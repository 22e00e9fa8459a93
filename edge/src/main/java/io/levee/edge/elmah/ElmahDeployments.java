package io.levee.edge.elmah;

import io.levee.edge.net.BodyReader;
import io.levee.edge.net.Endpoint;
import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.edge.net.RequestBody;
import io.levee.edge.net.Routes;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.release.Deploy;
import io.levee.engine.release.NewDeploy;
import io.levee.engine.release.ReleaseStore;
import io.levee.engine.run.BackendException;
import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v3/deployments} of the elmah.io API: deploy markers. A key has one log, so a deployment
 * for "all logs" is for that one. Thread-safe.
 */
public final class ElmahDeployments {
  private static final int LIST_MAX = 1_000;
  private static final int ID_DIGITS_MAX = 18;
  private static final Duration RETRY_BACKEND = Duration.ofSeconds(30);
  private static final Instant FAR = Instant.parse("9000-01-01T00:00:00Z");

  private final ProjectRegistry registry;
  private final ReleaseStore releases;
  private final BodyReader bodies;
  private final Clock clock;
  private final JsonText parser = new JsonText(JsonLimits.DEFAULT);

  /**
   * @param registry asked for each request: give a cached one
   * @param bodies reads what is sent: small
   */
  public ElmahDeployments(
      ProjectRegistry registry, ReleaseStore releases, BodyReader bodies, Clock clock) {
    this.registry = registry;
    this.releases = releases;
    this.bodies = bodies;
    this.clock = clock;
  }

  /** Who asks. */
  private record Asked(HttpCall call, Project project, String actor) {
    ProjectScope scope() {
      return ProjectScope.of(project.id());
    }
  }

  private interface Next {
    HttpReply answer(Asked asked);
  }

  /** Adds the routes; returns the routes. */
  public Routes mount(Routes routes) {
    return routes
        .on("GET", "/v3/deployments", guarded(Permission.READ, this::list))
        .on("POST", "/v3/deployments", guarded(Permission.RELEASE, this::create))
        .on("GET", "/v3/deployments/{id}", guarded(Permission.READ, this::one))
        .on("DELETE", "/v3/deployments/{id}", guarded(Permission.RELEASE, this::remove))
        .on("OPTIONS", "/v3/deployments", call -> ElmahReplies.preflight())
        .on("OPTIONS", "/v3/deployments/{id}", call -> ElmahReplies.preflight());
  }

  private HttpReply list(Asked asked) {
    TimeRange all = new TimeRange(Instant.EPOCH, FAR);
    return ElmahReplies.entries(
        releases.deploys(asked.scope(), all, LIST_MAX).stream()
            .<Json>map(deploy -> json(deploy, asked.project()))
            .toList());
  }

  private HttpReply one(Asked asked) {
    return id(asked.call())
        .flatMap(id -> releases.findDeploy(asked.scope(), id))
        .map(deploy -> ElmahReplies.ok(json(deploy, asked.project())))
        .orElseGet(ElmahDeployments::notFound);
  }

  private HttpReply remove(Asked asked) {
    boolean removed =
        id(asked.call()).filter(id -> releases.removeDeploy(asked.scope(), id)).isPresent();
    return removed ? HttpReply.empty(204) : notFound();
  }

  private static HttpReply notFound() {
    return ElmahReplies.error(404, "deployment: no such one");
  }

  private static Optional<Long> id(HttpCall call) {
    String text = call.pathParameter("id");
    boolean isNumber =
        !text.isEmpty()
            && text.length() <= ID_DIGITS_MAX
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private HttpReply create(Asked asked) {
    return switch (bodies.read(asked.call())) {
      case RequestBody.Unreadable(int status, String message, String ignored) ->
          ElmahReplies.error(status, message);
      case RequestBody.Whole body -> {
        try (body) {
          yield parser.parse(body.bytes()) instanceof JsonText.Value(Json.Obj sent)
              ? create(asked, sent)
              : ElmahReplies.error(400, "body: (expected: a JSON object)");
        }
      }
    };
  }

  private HttpReply create(Asked asked, Json.Obj sent) {
    String version = sent.text("version");
    if (version == null || version.isBlank()) {
      return ElmahReplies.error(400, "version: none (expected: 1..256 characters)");
    }
    String log = sent.text("logId");
    if (log != null && !isLog(asked.project(), log)) {
      return ElmahReplies.error(404, "logId: no such log for this key");
    }
    Instant created = time(sent.text("created"));
    NewDeploy wanted =
        new NewDeploy(
            version.strip(),
            "",
            null,
            null,
            sent.text("description"),
            null,
            created == null ? clock.instant() : created,
            sent.text("userName"),
            sent.text("userEmail"));
    Deploy made = releases.deploy(asked.project().id(), wanted, asked.actor(), clock.instant());
    return ElmahReplies.created("/v3/deployments/" + made.id());
  }

  private static boolean isLog(Project project, String log) {
    return project.logId().toString().equalsIgnoreCase(log) || project.id().toString().equals(log);
  }

  /** With an offset, or without one and then in UTC, as .NET writes times. */
  private static @Nullable Instant time(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException withoutOffset) {
      try {
        return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "created: \"" + text + "\" (expected: a date and time, ISO 8601)", e);
      }
    }
  }

  private static Json.Obj json(Deploy deploy, Project project) {
    Map<String, Json> fields = new LinkedHashMap<>();
    fields.put("id", Json.text(Long.toString(deploy.id())));
    fields.put("version", Json.text(deploy.release()));
    fields.put("created", Json.text(deploy.finished().toString()));
    fields.put("createdBy", Json.text(deploy.actor()));
    fields.put("description", textOrNull(deploy.description()));
    fields.put("userName", textOrNull(deploy.userName()));
    fields.put("userEmail", textOrNull(deploy.userEmail()));
    fields.put("logId", Json.text(project.logId().toString()));
    return new Json.Obj(fields);
  }

  private static Json textOrNull(@Nullable String text) {
    return text == null ? Json.nothing() : Json.text(text);
  }

  private Endpoint guarded(Permission permission, Next next) {
    return call -> {
      try {
        String header = call.header("api_key");
        String value = header == null ? call.query("api_key") : header;
        Optional<ProjectKey> key =
            value == null || value.isBlank() ? Optional.empty() : registry.key(value.strip());
        if (key.isEmpty()) {
          return ElmahReplies.error(
              401, "api_key: none or unknown (expected: as header or query parameter)");
        }
        if (!key.get().allows(permission)) {
          return ElmahReplies.error(401, "api_key: without the permission " + permission);
        }
        Optional<Project> project = registry.project(key.get().project());
        return project.isEmpty()
            ? notFound()
            : next.answer(new Asked(call, project.get(), "key " + key.get().sender().key()));
      } catch (IllegalArgumentException e) {
        return ElmahReplies.error(400, String.valueOf(e.getMessage()));
      } catch (BackendException e) {
        return ElmahReplies.later(503, RETRY_BACKEND, "backend away");
      }
    };
  }
}
