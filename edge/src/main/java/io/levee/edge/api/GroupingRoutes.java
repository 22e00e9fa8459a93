package io.levee.edge.api;

import io.levee.edge.net.BodyReader;
import io.levee.edge.net.Endpoint;
import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.edge.net.RequestBody;
import io.levee.edge.net.Routes;
import io.levee.engine.archive.EventArchive;
import io.levee.engine.grouping.GroupingInForce;
import io.levee.engine.grouping.MergeStore;
import io.levee.engine.grouping.Regrouping;
import io.levee.engine.index.EventIndex;
import io.levee.engine.query.Query;
import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.BackendException;
import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import io.levee.event.ProjectId;
import java.time.Clock;
import java.util.Optional;

/**
 * How events are grouped: a project's rules, why an event is in its issue, merging and taking
 * apart. Thread-safe.
 */
public final class GroupingRoutes {
  private final Ports ports;
  private final BodyReader bodies;
  private final ApiKeys keys;
  private final JsonText parser = new JsonText(JsonLimits.DEFAULT);

  /** What it asks and changes. */
  public record Ports(
      ProjectRegistry registry,
      EventIndex index,
      EventArchive archive,
      GroupingInForce grouping,
      MergeStore merges,
      Regrouping regrouping,
      Clock clock) {}

  /**
   * @param bodies reads what is sent: rules at most
   */
  public GroupingRoutes(Ports ports, BodyReader bodies) {
    this.ports = ports;
    this.bodies = bodies;
    this.keys = new ApiKeys(ports.registry());
  }

  /** Adds the routes. */
  public Routes mount(Routes routes) {
    ExplainEndpoints explain = new ExplainEndpoints(ports);
    MergeEndpoints merges = new MergeEndpoints(ports);
    RulesEndpoints rules = new RulesEndpoints(ports);
    return routes
        .on("GET", "/api/v1/events/{id}/grouping", allowed(Permission.READ, explain::one))
        .on("GET", "/api/v1/events/{id}/grouping/compare", allowed(Permission.READ, explain::two))
        .on("GET", "/api/v1/issues/{id}/fingerprints", allowed(Permission.READ, merges::parts))
        .on("POST", "/api/v1/issues/{id}/merge", sent(merges::merge))
        .on("POST", "/api/v1/issues/{id}/unmerge", sent(merges::unmerge))
        .on("GET", "/api/v1/projects/{id}/grouping", ofProject(rules::read))
        .on("GET", "/api/v1/projects/{id}/grouping/history", ofProject(rules::history))
        .on("PUT", "/api/v1/projects/{id}/grouping", changing(rules::save))
        .on("POST", "/api/v1/projects/{id}/grouping/preview", changing(rules::preview))
        .on("POST", "/api/v1/projects/{id}/grouping/regroup", changing(rules::regroup));
  }

  /** Answers a call that may be made. */
  interface Answer {
    HttpReply to(HttpCall call, ReadContext read);
  }

  /** Answers a call that may be made and brought a JSON object. */
  interface Change {
    HttpReply make(HttpCall call, ReadContext read, Json.Obj sent);
  }

  private interface OfProject {
    HttpReply answer(Project project);
  }

  private interface ChangeOfProject {
    HttpReply make(Project project, Json.Obj sent);
  }

  private Endpoint allowed(Permission permission, Answer answer) {
    return call -> {
      try {
        return switch (keys.access(call, permission)) {
          case ApiKeys.Denied(HttpReply reply, String ignored) -> reply;
          case ApiKeys.Granted(var key) -> {
            ApiParameters parameters = new ApiParameters(call, ports.clock().instant());
            ProjectScope scope = ProjectScope.of(key.project());
            yield answer.to(call, new ReadContext(key, scope, new Query.All(), parameters));
          }
        };
      } catch (ApiParameters.Wrong | IllegalArgumentException e) {
        return ApiReplies.error(400, String.valueOf(e.getMessage()));
      } catch (BackendException e) {
        return ApiReplies.error(503, String.valueOf(e.getMessage())).with("Retry-After", "5");
      }
    };
  }

  private Endpoint sent(Change change) {
    return allowed(
        Permission.ADMIN,
        (call, read) ->
            switch (bodies.read(call)) {
              case RequestBody.Unreadable(int status, String message, String ignored) ->
                  ApiReplies.error(status, message);
              case RequestBody.Whole body -> {
                try (body) {
                  yield parser.parse(body.bytes()) instanceof JsonText.Value(Json.Obj object)
                      ? change.make(call, read, object)
                      : ApiReplies.error(400, "body: (expected: a JSON object)");
                }
              }
            });
  }

  private Endpoint ofProject(OfProject next) {
    return allowed(Permission.ADMIN, (call, read) -> named(call, next));
  }

  private Endpoint changing(ChangeOfProject next) {
    return sent((call, read, sent) -> named(call, project -> next.make(project, sent)));
  }

  private HttpReply named(HttpCall call, OfProject next) {
    String name = call.pathParameter("id");
    ProjectId number = ProjectId.parse(name);
    Optional<Project> project =
        number == null ? ports.registry().projectBySlug(name) : ports.registry().project(number);
    return project.isPresent()
        ? next.answer(project.get())
        : ApiReplies.error(404, "project: no such one (expected: its number or slug)");
  }
}
