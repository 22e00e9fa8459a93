package io.levee.edge.api;

import io.levee.edge.net.HttpReply;
import io.levee.engine.erase.Erasure;
import io.levee.engine.erase.Erasures;
import io.levee.engine.issue.IssueId;
import io.levee.event.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code DELETE /issues/{id}}, and {@code /erasures}: what is to be deleted for good, and how far
 * that is.
 */
final class ErasureEndpoints {
  private static final int LIMIT_DEFAULT = 100;
  private static final int LIMIT_MAX = 1_000;

  private final Erasures erasures;

  ErasureEndpoints(Erasures erasures) {
    this.erasures = erasures;
  }

  /** {@code DELETE /issues/{id}}. */
  HttpReply issue(WorkCall call) {
    String id = call.http().pathParameter("id");
    if (!id.matches("\\d{1,18}")) {
      return ApiReplies.error(400, "id: \"" + id + "\" (expected: a number)");
    }
    boolean asideToo = asideToo(call.parameters().textOrNull("set_aside"));
    return erasures
        .issue(call.scope(), new IssueId(Long.parseLong(id)), asideToo, call.actor(), call.now())
        .map(erasure -> HttpReply.json(202, json(erasure)))
        .orElseGet(() -> ApiReplies.error(404, "no issue " + id));
  }

  /** {@code POST /erasures}. */
  HttpReply user(WorkCall call) {
    String user = call.body().text("user");
    if (user == null || user.isBlank()) {
      throw new ApiParameters.Wrong("user: none (expected: an id, e-mail, name or address)");
    }
    boolean asideToo = asideToo(call.body().text("set_aside"));
    return HttpReply.json(
        202, json(erasures.user(call.project(), user, asideToo, call.actor(), call.now())));
  }

  private static boolean asideToo(@org.jspecify.annotations.Nullable String word) {
    if (word != null && !word.equals("keep") && !word.equals("remove")) {
      throw new ApiParameters.Wrong("set_aside: \"" + word + "\" (expected: keep or remove)");
    }
    return "remove".equals(word);
  }

  /** {@code GET /erasures}. */
  HttpReply list(WorkCall call) {
    int limit = call.parameters().number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
    List<Json.Obj> all =
        erasures.list(call.scope(), limit).stream().map(ErasureEndpoints::json).toList();
    return HttpReply.json(200, ApiReplies.object("erasures", Json.array(all)));
  }

  /** {@code GET /erasures/{id}}. */
  HttpReply one(WorkCall call) {
    String id = call.http().pathParameter("id");
    Optional<Erasure> found =
        id.matches("\\d{1,18}")
            ? erasures.find(call.scope(), Long.parseLong(id))
            : Optional.empty();
    return found
        .map(erasure -> HttpReply.json(200, json(erasure)))
        .orElseGet(() -> ApiReplies.error(404, "no erasure " + id));
  }

  private static Json.Obj json(Erasure erasure) {
    Map<String, Json> fields = new LinkedHashMap<>();
    fields.put("id", Json.number(erasure.id()));
    switch (erasure.subject()) {
      case Erasure.OfIssue(IssueId issue, var ignored) ->
          fields.put("issue", Json.number(issue.value()));
      case Erasure.OfUser(String user) -> {
        if (!user.isEmpty()) {
          fields.put("user", Json.text(user));
        }
      }
    }
    fields.put("actor", Json.text(erasure.actor()));
    fields.put("requested", Json.text(erasure.requested().toString()));
    fields.put("state", Json.text(erasure.step().wireName()));
    fields.put("events", Json.number(erasure.events()));
    if (erasure.trouble() != null) {
      fields.put("trouble", Json.text(erasure.trouble()));
    }
    if (erasure.finished() != null) {
      fields.put("finished", Json.text(erasure.finished().toString()));
      fields.put("left", Json.array(erasure.left().stream().map(Json::text).toList()));
    }
    return new Json.Obj(fields);
  }
}
