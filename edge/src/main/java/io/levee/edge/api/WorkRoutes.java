package io.levee.edge.api;

import io.levee.edge.net.BodyReader;
import io.levee.edge.net.Endpoint;
import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.edge.net.RequestBody;
import io.levee.edge.net.Routes;
import io.levee.engine.erase.Erasures;
import io.levee.engine.index.EventIndex;
import io.levee.engine.issue.IssueStore;
import io.levee.engine.registry.Permission;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.engine.release.ReleaseStore;
import io.levee.engine.run.BackendException;
import io.levee.engine.work.WorkStore;
import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;

/** The work on issues, releases and deploys, under {@code /api/v1}. Thread-safe. */
public final class WorkRoutes {
  private final ApiKeys keys;
  private final BodyReader bodies;
  private final Clock clock;
  private final WorkEndpoints work;
  private final ReleaseEndpoints releases;
  private final IssueEventEndpoints events;
  private final ErasureEndpoints erasures;
  private final JsonText parser = new JsonText(JsonLimits.DEFAULT);

  /**
   * What it stands on.
   *
   * @param registry asked for each request: give a cached one
   */
  public record Ports(
      ProjectRegistry registry,
      IssueStore issues,
      EventIndex index,
      WorkStore work,
      ReleaseStore releases,
      Erasures erasures,
      Clock clock) {}

  /**
   * @param bodies reads what is sent: small
   */
  public WorkRoutes(Ports ports, BodyReader bodies) {
    this.keys = new ApiKeys(ports.registry());
    this.bodies = bodies;
    this.clock = ports.clock();
    this.work = new WorkEndpoints(ports.work());
    this.releases = new ReleaseEndpoints(ports.releases());
    this.events = new IssueEventEndpoints(ports.issues(), ports.work(), ports.index());
    this.erasures = new ErasureEndpoints(ports.erasures());
  }

  /** Adds the routes. */
  public Routes mount(Routes routes) {
    return routes
        .on("POST", "/api/v1/issues/changes", sent(Permission.ADMIN, work::changeMany))
        .on("POST", "/api/v1/issues/{id}/changes", sent(Permission.ADMIN, work::change))
        .on("DELETE", "/api/v1/issues/{id}", asked(Permission.ADMIN, erasures::issue))
        .on("POST", "/api/v1/erasures", sent(Permission.ADMIN, erasures::user))
        .on("GET", "/api/v1/erasures", asked(Permission.READ, erasures::list))
        .on("GET", "/api/v1/erasures/{id}", asked(Permission.READ, erasures::one))
        .on("POST", "/api/v1/undo/{token}", asked(Permission.ADMIN, work::undo))
        .on("GET", "/api/v1/issues/{id}/activity", asked(Permission.READ, work::activity))
        .on("GET", "/api/v1/issues/{id}/comments", asked(Permission.READ, work::comments))
        .on("POST", "/api/v1/issues/{id}/comments", sent(Permission.ADMIN, work::comment))
        .on(
            "PUT",
            "/api/v1/issues/{id}/comments/{comment}",
            sent(Permission.ADMIN, work::editComment))
        .on(
            "DELETE",
            "/api/v1/issues/{id}/comments/{comment}",
            asked(Permission.ADMIN, work::removeComment))
        .on(
            "PUT",
            "/api/v1/issues/{id}/bookmark",
            asked(Permission.READ, call -> work.bookmark(call, true)))
        .on(
            "DELETE",
            "/api/v1/issues/{id}/bookmark",
            asked(Permission.READ, call -> work.bookmark(call, false)))
        .on("GET", "/api/v1/bookmarks", asked(Permission.READ, work::bookmarks))
        .on("GET", "/api/v1/issues/{id}/events", asked(Permission.READ, events::events))
        .on("GET", "/api/v1/issues/{id}/event", asked(Permission.READ, events::event))
        .on("GET", "/api/v1/issues/{id}/export", asked(Permission.READ, events::export))
        .on("GET", "/api/v1/issues/{id}/similar", asked(Permission.READ, events::similar))
        .on("GET", "/api/v1/issues/{id}/releases", asked(Permission.READ, releases::ofIssue))
        .on("GET", "/api/v1/releases", asked(Permission.READ, releases::list))
        .on("POST", "/api/v1/releases", sent(Permission.RELEASE, releases::put))
        .on("GET", "/api/v1/release", asked(Permission.READ, releases::one))
        .on("GET", "/api/v1/deploys", asked(Permission.READ, releases::deploys))
        .on("POST", "/api/v1/deploys", sent(Permission.RELEASE, releases::deploy))
        .on("GET", "/api/v1/deploys/{id}", asked(Permission.READ, releases::oneDeploy))
        .on("DELETE", "/api/v1/deploys/{id}", asked(Permission.RELEASE, releases::removeDeploy));
  }

  private Endpoint asked(Permission permission, Function<WorkCall, HttpReply> next) {
    return call -> guarded(call, permission, key -> next.apply(of(call, key, Json.Obj.EMPTY)));
  }

  private Endpoint sent(Permission permission, Function<WorkCall, HttpReply> next) {
    return call ->
        guarded(
            call,
            permission,
            key ->
                switch (bodies.read(call)) {
                  case RequestBody.Unreadable(int status, String message, String ignored) ->
                      ApiReplies.error(status, message);
                  case RequestBody.Whole body -> {
                    try (body) {
                      yield parser.parse(body.bytes()) instanceof JsonText.Value(Json.Obj wanted)
                          ? next.apply(of(call, key, wanted))
                          : ApiReplies.error(400, "body: (expected: a JSON object)");
                    }
                  }
                });
  }

  private WorkCall of(HttpCall call, ProjectKey key, Json.Obj body) {
    Instant now = clock.instant();
    return new WorkCall(
        call, key.project(), "key " + key.sender().key(), body, new ApiParameters(call, now), now);
  }

  private HttpReply guarded(
      HttpCall call, Permission permission, Function<ProjectKey, HttpReply> next) {
    try {
      return switch (keys.access(call, permission)) {
        case ApiKeys.Denied(HttpReply reply, String ignored) -> reply;
        case ApiKeys.Granted(ProjectKey key) -> next.apply(key);
      };
    } catch (ApiParameters.Wrong | IllegalArgumentException e) {
      return ApiReplies.error(400, String.valueOf(e.getMessage()));
    } catch (BackendException e) {
      return ApiReplies.error(503, String.valueOf(e.getMessage())).with("Retry-After", "5");
    }
  }
}
