package io.levee.edge.sentry;

import io.levee.edge.net.BodyReader;
import io.levee.edge.net.Endpoint;
import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.edge.net.RequestBody;
import io.levee.edge.net.Routes;
import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.release.NewDeploy;
import io.levee.engine.release.NewRelease;
import io.levee.engine.release.Release;
import io.levee.engine.release.ReleaseStore;
import io.levee.engine.run.BackendException;
import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@code sentry-cli releases} and {@code deploys} ask for, as version 3.8.0 sends it: the
 * release endpoints of Sentry's web API. The token is a key that allows RELEASE; there are no
 * organisations, so any slug will do for one; the project is the key's, and a request that names
 * another finds nothing. Thread-safe.
 */
public final class SentryReleases {
  private static final String BEARER = "Bearer ";
  private static final String OF_ORGANISATION = "/api/0/organizations/{org}/releases";
  private static final String OF_PROJECT = "/api/0/projects/{org}/{project}/releases";
  private static final int LIST_MAX = 100;
  private static final String RETRY_SECONDS = "5";

  private final ProjectRegistry registry;
  private final ReleaseStore releases;
  private final BodyReader bodies;
  private final Clock clock;
  private final JsonText parser = new JsonText(JsonLimits.DEFAULT);

  /**
   * @param registry asked for each request: give a cached one
   * @param bodies reads what is sent: small
   */
  public SentryReleases(
      ProjectRegistry registry, ReleaseStore releases, BodyReader bodies, Clock clock) {
    this.registry = registry;
    this.releases = releases;
    this.bodies = bodies;
    this.clock = clock;
  }

  /** Who asks, and for what. */
  private record Asked(HttpCall call, Project project, String actor) {
    ProjectScope scope() {
      return ProjectScope.of(project.id());
    }
  }

  /** Says what is wrong with a request. */
  private static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    Wrong(int status, String message) {
      super(message, null, false, false);
      this.status = status;
    }
  }

  /** Adds the routes; returns the routes. */
  public Routes mount(Routes routes) {
    routes.on("GET", "/api/0", asked(SentryReleases::whoAmI));
    routes.on("GET", "/api/0/organizations/{org}/repos", asked(ignored -> array(List.of())));
    for (String base : List.of(OF_ORGANISATION, OF_PROJECT)) {
      routes
          .on("GET", base, asked(this::list))
          .on("POST", base, sent(this::create))
          .on("GET", base + "/{version}", asked(this::one))
          .on("PUT", base + "/{version}", sent(this::update))
          .on(
              "GET",
              base + "/{version}/previous-with-commits",
              asked(ignored -> HttpReply.json(200, Json.Obj.EMPTY)))
          .on("GET", base + "/{version}/commits", asked(ignored -> array(List.of())))
          .on("GET", base + "/{version}/deploys", asked(this::deploys))
          .on("POST", base + "/{version}/deploys", sent(this::deploy));
    }
    return routes;
  }

  private static HttpReply array(List<Json> items) {
    return HttpReply.json(200, Json.array(items));
  }

  private static HttpReply whoAmI(Asked asked) {
    return HttpReply.json(
        200,
        Json.object(
            Map.of(
                "version",
                Json.text("0"),
                "auth",
                Json.object("scopes", Json.array(List.of(Json.text("project:releases")))),
                "user",
                Json.nothing())));
  }

  private HttpReply list(Asked asked) {
    return array(
        releases.releases(asked.scope(), LIST_MAX).stream()
            .<Json>map(release -> SentryReleaseJson.release(release, asked.project()))
            .toList());
  }

  private HttpReply one(Asked asked) {
    return HttpReply.json(200, SentryReleaseJson.release(known(asked), asked.project()));
  }

  private Release known(Asked asked) {
    String version = asked.call().pathParameter("version");
    return releases
        .release(asked.scope(), version)
        .orElseThrow(
            () -> new Wrong(404, "release \"" + version + "\": the project has none such"));
  }

  private HttpReply create(Asked asked, Json.Obj body) {
    String version = body.text("version");
    if (version == null) {
      throw new Wrong(400, "version: none (expected: the name of a release)");
    }
    requireProject(asked.project(), body);
    boolean known = releases.release(asked.scope(), version).isPresent();
    return HttpReply.json(known ? 208 : 201, put(asked, version, body));
  }

  private HttpReply update(Asked asked, Json.Obj body) {
    requireProject(asked.project(), body);
    return HttpReply.json(200, put(asked, asked.call().pathParameter("version"), body));
  }

  private Json put(Asked asked, String version, Json.Obj body) {
    NewRelease wanted =
        new NewRelease(version, time(body, "dateReleased"), body.text("url"), ref(body));
    Optional<Release> release = releases.put(asked.project().id(), wanted, clock.instant());
    return release
        .<Json>map(made -> SentryReleaseJson.release(made, asked.project()))
        .orElseThrow(() ->
            new Wrong(409, "the project has " + ReleaseStore.RELEASES_MAX + " releases already"));
  }

  /** The commit that {@code set-commits} names, as {@code repository@commit}. */
  private static @Nullable String ref(Json.Obj body) {
    for (Json ref : body.array("refs")) {
      if (ref instanceof Json.Obj named && named.text("commit") != null) {
        String repository = named.text("repository");
        return (repository == null ? "" : repository + "@") + named.text("commit");
      }
    }
    return body.text("ref");
  }

  private HttpReply deploys(Asked asked) {
    Release release = known(asked);
    return array(
        releases.deploysOf(asked.scope(), release.name(), LIST_MAX).stream()
            .<Json>map(SentryReleaseJson::deploy)
            .toList());
  }

  private HttpReply deploy(Asked asked, Json.Obj body) {
    Release release = known(asked);
    requireProject(asked.project(), body);
    String environment = body.text("environment");
    if (environment == null || environment.isBlank()) {
      throw new Wrong(400, "environment: none (expected: where it was deployed)");
    }
    Instant now = clock.instant();
    Instant finished = time(body, "dateFinished");
    NewDeploy wanted =
        new NewDeploy(
            release.name(),
            environment,
            body.text("name"),
            body.text("url"),
            null,
            time(body, "dateStarted"),
            finished == null ? now : finished,
            null,
            null);
    return HttpReply.json(
        201,
        SentryReleaseJson.deploy(
            releases.deploy(asked.project().id(), wanted, asked.actor(), now)));
  }

  private static void requireProject(Project project, Json.Obj body) {
    List<Json> named = body.array("projects");
    if (!named.isEmpty() && named.stream().noneMatch(item -> isMeant(project, item.scalarText()))) {
      throw new Wrong(404, "projects: none of them is this key's");
    }
  }

  private static boolean isMeant(Project project, @Nullable String name) {
    return project.slug().equals(name) || project.id().toString().equals(name);
  }

  private static @Nullable Instant time(Json.Obj body, String name) {
    String text = body.text(name);
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new Wrong(400, name + ": \"" + text + "\" (expected: RFC 3339)");
    }
  }

  private Endpoint asked(Function<Asked, HttpReply> next) {
    return call -> guarded(call, next);
  }

  private Endpoint sent(BiFunction<Asked, Json.Obj, HttpReply> next) {
    return call ->
        guarded(
            call,
            asked ->
                switch (bodies.read(call)) {
                  case RequestBody.Unreadable(int status, String message, String ignored) ->
                      error(status, message);
                  case RequestBody.Whole body -> {
                    try (body) {
                      if (!(parser.parse(body.bytes()) instanceof JsonText.Value(Json.Obj sent))) {
                        throw new Wrong(400, "body: (expected: a JSON object)");
                      }
                      yield next.apply(asked, sent);
                    }
                  }
                });
  }

  private HttpReply guarded(HttpCall call, Function<Asked, HttpReply> next) {
    try {
      return next.apply(access(call));
    } catch (Wrong e) {
      return error(e.status, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return error(400, String.valueOf(e.getMessage()));
    } catch (BackendException e) {
      return error(503, String.valueOf(e.getMessage())).with("Retry-After", RETRY_SECONDS);
    }
  }

  private Asked access(HttpCall call) {
    String authorization = call.header("Authorization");
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw new Wrong(401, "no token (expected: Authorization: Bearer KEY)");
    }
    ProjectKey key =
        registry
            .key(authorization.substring(BEARER.length()).strip())
            .orElseThrow(() -> new Wrong(401, "unknown token (expected: a key of a project)"));
    if (!key.allows(Permission.RELEASE)) {
      throw new Wrong(403, "this key does not allow to release");
    }
    Project project =
        registry.project(key.project()).orElseThrow(() -> new Wrong(404, "the project is gone"));
    String named = call.pathParameters().get("project");
    if (named != null && !isMeant(project, named)) {
      throw new Wrong(404, "project \"" + named + "\": no such one for this key");
    }
    return new Asked(call, project, "key " + key.sender().key());
  }

  private static HttpReply error(int status, String detail) {
    return HttpReply.json(status, Json.object("detail", Json.text(detail)));
  }
}
