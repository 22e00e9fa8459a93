package io.levee.edge.api;

import io.levee.edge.net.BodyReader;
import io.levee.edge.net.Endpoint;
import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.edge.net.RequestBody;
import io.levee.edge.net.Routes;
import io.levee.engine.accept.LimitStore;
import io.levee.engine.accept.Limits;
import io.levee.engine.measure.UsageStore;
import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.engine.run.BackendException;
import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import io.levee.event.ProjectId;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Projects, keys and limits, under {@code /api/v1/projects}. A key that allows ADMIN is the
 * operator's: it administers all projects, whichever it belongs to. Thread-safe.
 */
public final class AdminRoutes {
  private final ApiKeys keys;
  private final ProjectRegistry registry;
  private final BodyReader bodies;
  private final ProjectsEndpoint projects;
  private final LimitsEndpoint limits;
  private final SamplingEndpoints sampling;
  private final JsonText parser = new JsonText(JsonLimits.DEFAULT);

  /**
   * What it administers.
   *
   * @param projectDefaults the limits in force where a project has none of its own
   * @param retentionDays of projects that are created without
   * @param publicUrl where clients reach us; DSNs are made of it
   */
  public record Ports(
      ProjectRegistry registry,
      LimitStore limits,
      UsageStore usage,
      Limits projectDefaults,
      int retentionDays,
      Supplier<URI> publicUrl,
      ApiRoutes.SamplingPorts sampling,
      Clock clock) {}

  /**
   * @param bodies reads what is sent: small
   */
  public AdminRoutes(Ports ports, BodyReader bodies) {
    this.keys = new ApiKeys(ports.registry());
    this.registry = ports.registry();
    this.bodies = bodies;
    this.projects = new ProjectsEndpoint(ports);
    this.limits = new LimitsEndpoint(ports);
    this.sampling = new SamplingEndpoints(ports.sampling().thresholds(), ports.sampling().spikes());
  }

  /** Adds the routes. */
  public Routes mount(Routes routes) {
    return routes
        .on("GET", "/api/v1/projects", admin(call -> projects.list()))
        .on("POST", "/api/v1/projects", admin(call -> posted(call, projects::create)))
        .on("GET", "/api/v1/projects/{id}", ofProject((call, project) -> projects.one(project)))
        .on("POST", "/api/v1/projects/{id}", changing(projects::change))
        .on("GET", "/api/v1/projects/{id}/keys", ofProject((call, one) -> projects.keys(one)))
        .on("POST", "/api/v1/projects/{id}/keys", changing(projects::createKey))
        .on("GET", "/api/v1/projects/{id}/limits", ofProject(limits::read))
        .on(
            "POST",
            "/api/v1/projects/{id}/limits",
            ofProject(
                (call, project) -> posted(call, wanted -> limits.change(call, project, wanted))))
        .on(
            "GET",
            "/api/v1/projects/{id}/sampling",
            ofProject((call, one) -> sampling.state(one.id())))
        .on(
            "POST",
            "/api/v1/projects/{id}/sampling",
            changing((project, wanted) -> sampling.change(project.id(), wanted)));
  }

  private Endpoint changing(BiFunction<Project, Json.Obj, HttpReply> next) {
    return ofProject((call, project) -> posted(call, wanted -> next.apply(project, wanted)));
  }

  /** The project in the path, by its number or its slug. */
  private Endpoint ofProject(BiFunction<HttpCall, Project, HttpReply> next) {
    return admin(call -> {
      String name = call.pathParameter("id");
      ProjectId number = ProjectId.parse(name);
      Optional<Project> project =
          number == null ? registry.projectBySlug(name) : registry.project(number);
      return project
          .map(found -> next.apply(call, found))
          .orElseGet(
              () -> ApiReplies.error(404, "project: no such one (expected: its number or slug)"));
    });
  }

  private Endpoint admin(Endpoint next) {
    return call -> {
      try {
        return switch (keys.access(call, Permission.ADMIN)) {
          case ApiKeys.Denied(HttpReply reply, String ignored) -> reply;
          case ApiKeys.Granted ignored -> next.handle(call);
        };
      } catch (ApiParameters.Wrong | IllegalArgumentException e) {
        return ApiReplies.error(400, String.valueOf(e.getMessage()));
      } catch (BackendException e) {
        return ApiReplies.error(503, String.valueOf(e.getMessage())).with("Retry-After", "5");
      }
    };
  }

  private interface Change {
    HttpReply make(Json.Obj wanted);
  }

  private HttpReply posted(HttpCall call, Change change) {
    return switch (bodies.read(call)) {
      case RequestBody.Unreadable body -> body.on(ApiReplies.error(body.status(), body.message()));
      case RequestBody.Whole body -> {
        try (body) {
          yield body.bytes().length == 0
              ? change.make(Json.Obj.EMPTY)
              : parser.parse(body.bytes()) instanceof JsonText.Value(Json.Obj wanted)
                  ? change.make(wanted)
                  : ApiReplies.error(400, "body: (expected: a JSON object)");
        }
      }
    };
  }
}
