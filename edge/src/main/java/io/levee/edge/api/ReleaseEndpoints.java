package io.levee.edge.api;

import io.levee.edge.net.HttpReply;
import io.levee.engine.issue.IssueId;
import io.levee.engine.release.Deploy;
import io.levee.engine.release.NewDeploy;
import io.levee.engine.release.NewRelease;
import io.levee.engine.release.Release;
import io.levee.engine.release.ReleaseStore;
import io.levee.event.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Releases and deploys. */
final class ReleaseEndpoints {
  private static final int LIMIT_DEFAULT = 100;
  private static final int LIMIT_MAX = 1_000;
  private static final int DEPLOYS_OF_RELEASE = 100;

  private final ReleaseStore releases;

  ReleaseEndpoints(ReleaseStore releases) {
    this.releases = releases;
  }

  /** {@code GET /releases}. */
  HttpReply list(WorkCall call) {
    int limit = call.parameters().number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
    List<Json.Obj> list =
        releases.releases(call.scope(), limit).stream().map(WorkJson::release).toList();
    return HttpReply.json(200, ApiReplies.object("releases", Json.array(list)));
  }

  /** {@code GET /release?name=}: by a parameter, because names may hold slashes. */
  HttpReply one(WorkCall call) {
    String name = call.parameters().textOrNull("name");
    if (name == null) {
      throw new ApiParameters.Wrong("name: none (expected: the name of a release)");
    }
    Optional<Release> release = releases.release(call.scope(), name);
    if (release.isEmpty()) {
      return unknown(name);
    }
    Map<String, Json> fields = new LinkedHashMap<>(WorkJson.release(release.get()).fields());
    fields.put(
        "deployed",
        Json.array(
            releases.deploysOf(call.scope(), name, DEPLOYS_OF_RELEASE).stream()
                .map(WorkJson::deploy)
                .toList()));
    fields.put(
        "new",
        Json.array(
            releases.newIn(call.scope(), name, LIMIT_MAX).stream()
                .map(id -> Json.number(id.value()))
                .toList()));
    return HttpReply.json(200, new Json.Obj(fields));
  }

  private static HttpReply unknown(String name) {
    return ApiReplies.error(
        404,
        "the project has no release \""
            + name
            + "\" (expected: one that events named, or that somebody added)");
  }

  /** {@code POST /releases}. */
  HttpReply put(WorkCall call) {
    Json.Obj body = call.body();
    NewRelease wanted =
        new NewRelease(
            required(body, "name"), time(body, "released"), body.text("url"), body.text("ref"));
    boolean known = releases.release(call.scope(), wanted.name()).isPresent();
    return releases
        .put(call.project(), wanted, call.now())
        .map(release -> HttpReply.json(known ? 200 : 201, WorkJson.release(release)))
        .orElseGet(() ->
            ApiReplies.error(
                409, "the project has " + ReleaseStore.RELEASES_MAX + " releases already"));
  }

  /** {@code GET /deploys}. */
  HttpReply deploys(WorkCall call) {
    int limit = call.parameters().number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
    String release = call.parameters().textOrNull("release");
    List<Deploy> found =
        release == null
            ? releases.deploys(call.scope(), call.parameters().range(), limit)
            : releases.deploysOf(call.scope(), release, limit);
    return HttpReply.json(
        200,
        ApiReplies.object("deploys", Json.array(found.stream().map(WorkJson::deploy).toList())));
  }

  /** {@code POST /deploys}. */
  HttpReply deploy(WorkCall call) {
    Json.Obj body = call.body();
    String environment = body.text("environment");
    Instant finished = time(body, "finished");
    NewDeploy wanted =
        new NewDeploy(
            required(body, "release"),
            environment == null ? "" : environment,
            body.text("name"),
            body.text("url"),
            body.text("description"),
            time(body, "started"),
            finished == null ? call.now() : finished,
            body.text("user_name"),
            body.text("user_email"));
    Deploy made = releases.deploy(call.project(), wanted, call.actor(), call.now());
    return HttpReply.json(201, WorkJson.deploy(made));
  }

  /** {@code GET /deploys/{id}}. */
  HttpReply oneDeploy(WorkCall call) {
    return releases
        .findDeploy(call.scope(), WorkEndpoints.issue(call).value())
        .map(deploy -> HttpReply.json(200, WorkJson.deploy(deploy)))
        .orElseGet(() -> ApiReplies.error(404, "no such deploy"));
  }

  /** {@code DELETE /deploys/{id}}. */
  HttpReply removeDeploy(WorkCall call) {
    return releases.removeDeploy(call.scope(), WorkEndpoints.issue(call).value())
        ? HttpReply.empty(204)
        : ApiReplies.error(404, "no such deploy");
  }

  /** {@code GET /issues/{id}/releases}. */
  HttpReply ofIssue(WorkCall call) {
    IssueId issue = WorkEndpoints.issue(call);
    Json suspect =
        releases.suspect(call.scope(), issue).<Json>map(WorkJson::suspect).orElse(Json.nothing());
    return HttpReply.json(
        200,
        ApiReplies.object(
            "releases", WorkJson.texts(releases.ofIssue(call.scope(), issue)), "suspect", suspect));
  }

  private static String required(Json.Obj body, String name) {
    String text = body.text(name);
    if (text == null) {
      throw new ApiParameters.Wrong(name + ": none (expected: a text)");
    }
    return text;
  }

  private static @Nullable Instant time(Json.Obj body, String name) {
    String text = body.text(name);
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new ApiParameters.Wrong(name + ": \"" + text + "\" (expected: RFC 3339)");
    }
  }
}
