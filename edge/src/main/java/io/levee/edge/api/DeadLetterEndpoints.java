package io.levee.edge.api;

import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.bus.DeadLetter;
import io.levee.engine.pipeline.DeadLetterOffice;
import io.levee.engine.pipeline.Replayed;
import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/dead-letters}: list, show, replay, discard. They are the node's, not a project's,
 * so a key that may administer sees those of all projects.
 */
final class DeadLetterEndpoints {
  private static final int LIMIT_DEFAULT = 50;
  private static final int LIMIT_MAX = 200;

  private final DeadLetterOffice office;
  private final JsonText parser = new JsonText(JsonLimits.DEFAULT);

  DeadLetterEndpoints(DeadLetterOffice office) {
    this.office = office;
  }

  /** How many each group has; with {@code group}, its letters too. */
  HttpReply list(HttpCall call, ReadContext read) {
    ApiParameters parameters = read.parameters();
    String group = parameters.textOrNull("group");
    int limit = parameters.number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
    DeadLetterOffice.Page page =
        group == null
            ? new DeadLetterOffice.Page(List.of(), null)
            : office.list(known(group), before(parameters), limit);
    Long next = page.next();
    return HttpReply.json(
        200,
        ApiReplies.object(
            "groups",
            groups(),
            "letters",
            Json.array(
                page.letters().stream().map(letter -> new Json.Obj(summary(letter))).toList()),
            "next",
            next == null ? Json.nothing() : Json.text(next.toString())));
  }

  private Json groups() {
    List<Json> groups = new ArrayList<>();
    office
        .tallies()
        .forEach((group, tally) ->
            groups.add(
                ApiReplies.object(
                    "group",
                    group,
                    "letters",
                    tally.letters(),
                    "bytes",
                    tally.bytes(),
                    "letters_max",
                    office.limits().lettersMax(),
                    "bytes_max",
                    office.limits().bytesMax())));
    return Json.array(groups);
  }

  private static long before(ApiParameters parameters) {
    String cursor = parameters.textOrNull("cursor");
    if (cursor == null) {
      return Long.MAX_VALUE;
    }
    Long id = number(cursor);
    if (id == null) {
      throw new ApiParameters.Wrong("cursor: \"" + cursor + "\" (expected: next of a page)");
    }
    return id;
  }

  private String known(String group) {
    if (!office.groups().contains(group)) {
      throw new ApiParameters.Wrong(
          "group: \"" + group + "\" (expected: one of " + office.tallies().keySet() + ")");
    }
    return group;
  }

  private static Map<String, Json> summary(DeadLetter letter) {
    Map<String, Json> fields = new LinkedHashMap<>();
    fields.put("id", Json.number(letter.id()));
    fields.put("group", Json.text(letter.group()));
    fields.put("project", Json.number(letter.record().header().project().value()));
    fields.put("event", Json.text(letter.record().header().id().toString()));
    fields.put("bytes", Json.number((long) letter.record().body().length));
    fields.put("partition", Json.number((long) letter.partition()));
    fields.put("offset", Json.number(letter.offset()));
    fields.put("attempts", Json.number((long) letter.failure().attempts()));
    fields.put("cause", Json.text(letter.failure().cause()));
    fields.put("time", Json.text(letter.failure().time().toString()));
    return fields;
  }

  /** One letter with its stack and the event: as an object, or as text when it isn't one. */
  HttpReply one(HttpCall call, ReadContext read) {
    Optional<DeadLetter> letter = find(call);
    if (letter.isEmpty()) {
      return missing(call);
    }
    Map<String, Json> fields = summary(letter.get());
    fields.put("stack", Json.text(letter.get().failure().stack()));
    byte[] body = letter.get().record().body();
    fields.put(
        "body",
        parser.parse(body) instanceof JsonText.Value(Json json)
            ? json
            : Json.text(new String(body, StandardCharsets.UTF_8)));
    return HttpReply.json(200, new Json.Obj(fields));
  }

  HttpReply discard(HttpCall call, ReadContext read) {
    Long id = number(call.pathParameter("id"));
    return id != null && office.discard(id)
        ? HttpReply.json(200, ApiReplies.object("discarded", 1))
        : missing(call);
  }

  HttpReply discardAll(HttpCall call, ReadContext read) {
    int discarded = office.discardAll(known(read.parameters().text("group")));
    return HttpReply.json(200, ApiReplies.object("discarded", discarded));
  }

  HttpReply replay(HttpCall call, ReadContext read) {
    Long id = number(call.pathParameter("id"));
    return replayed(call, () -> id == null ? null : office.replay(id));
  }

  HttpReply replayAll(HttpCall call, ReadContext read) {
    String group = known(read.parameters().text("group"));
    return replayed(call, () -> office.replayAll(group));
  }

  private interface Replaying {
    @Nullable Replayed run() throws InterruptedException;
  }

  private static HttpReply replayed(HttpCall call, Replaying replaying) {
    try {
      Replayed replayed = replaying.run();
      if (replayed == null) {
        return missing(call);
      }
      String error = replayed.error();
      return HttpReply.json(
          200,
          ApiReplies.object(
              "replayed",
              replayed.done(),
              "failed",
              replayed.failed(),
              "error",
              error == null ? Json.nothing() : Json.text(error)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ApiReplies.error(503, "stopping").with("Retry-After", "5");
    }
  }

  private Optional<DeadLetter> find(HttpCall call) {
    Long id = number(call.pathParameter("id"));
    return id == null ? Optional.empty() : office.find(id);
  }

  private static HttpReply missing(HttpCall call) {
    return ApiReplies.error(404, "no dead letter " + call.pathParameters().get("id"));
  }

  private static @Nullable Long number(String text) {
    return text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
  }
}
