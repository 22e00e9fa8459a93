package io.levee.edge.api;

import io.levee.edge.net.BodyReader;
import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.edge.net.RequestBody;
import io.levee.engine.query.pipe.PipelineParser;
import io.levee.engine.question.QuestionStore;
import io.levee.engine.question.SavedQuestion;
import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.util.ArrayList;
import java.util.List;

/** Questions under a name, under {@code /api/v1/questions}. */
final class QuestionEndpoints {
  private static final int ID_DIGITS_MAX = 18;

  private final QuestionStore store;
  private final BodyReader bodies;
  private final JsonText parser = new JsonText(JsonLimits.DEFAULT);

  QuestionEndpoints(QuestionStore store, BodyReader bodies) {
    this.store = store;
    this.bodies = bodies;
  }

  HttpReply list(HttpCall call, ReadContext read) {
    List<Json> all = new ArrayList<>();
    store.list(read.scope()).forEach(question -> all.add(json(question)));
    return HttpReply.json(200, Json.object("questions", Json.array(all)));
  }

  HttpReply one(HttpCall call, ReadContext read) {
    return store
        .find(read.scope(), id(call))
        .map(question -> HttpReply.json(200, json(question)))
        .orElseGet(QuestionEndpoints::missing);
  }

  /** Saves {@code {"name": …, "q": …, "range": …, "view": …}}; replaces what had the name. */
  HttpReply save(HttpCall call, ReadContext read) {
    return withBody(
        call,
        sent -> {
          String text = text(sent, "q");
          if (PipelineParser.parse(text) instanceof PipelineParser.Misread wrong) {
            return ApiReplies.error(400, "q: " + wrong.sentence());
          }
          return reply(
              store.save(
                  read.key().project(),
                  text(sent, "name"),
                  text,
                  text(sent, "range"),
                  text(sent, "view"),
                  read.parameters().now()));
        });
  }

  /** Gives one another name: {@code {"name": …}}. */
  HttpReply rename(HttpCall call, ReadContext read) {
    return withBody(
        call,
        sent ->
            reply(
                store.rename(read.scope(), id(call), text(sent, "name"), read.parameters().now())));
  }

  HttpReply delete(HttpCall call, ReadContext read) {
    return store.delete(read.scope(), id(call)) ? HttpReply.empty(204) : missing();
  }

  private interface Change {
    HttpReply make(Json.Obj sent);
  }

  private HttpReply withBody(HttpCall call, Change change) {
    return switch (bodies.read(call)) {
      case RequestBody.Unreadable(int status, String message, String ignored) ->
          ApiReplies.error(status, message);
      case RequestBody.Whole body -> {
        try (body) {
          yield parser.parse(body.bytes()) instanceof JsonText.Value(Json.Obj object)
              ? change.make(object)
              : ApiReplies.error(400, "body: (expected: a JSON object)");
        }
      }
    };
  }

  private static HttpReply reply(QuestionStore.Outcome outcome) {
    return switch (outcome) {
      case QuestionStore.Kept(SavedQuestion question) -> HttpReply.json(200, json(question));
      case QuestionStore.Missing ignored -> missing();
      case QuestionStore.NameTaken(SavedQuestion other) ->
          ApiReplies.error(409, "name: \"" + other.name() + "\" is that of question " + other.id());
      case QuestionStore.Full ignored ->
          ApiReplies.error(
              409,
              "questions: the project keeps "
                  + QuestionStore.QUESTIONS_MAX
                  + " (expected: fewer); delete some");
    };
  }

  private static HttpReply missing() {
    return ApiReplies.error(404, "question: no such one");
  }

  private static long id(HttpCall call) {
    String id = call.pathParameter("id");
    return id.matches("\\d{1," + ID_DIGITS_MAX + "}") ? Long.parseLong(id) : -1;
  }

  private static String text(Json.Obj sent, String name) {
    Json value = sent.get(name);
    if (value == null || value instanceof Json.Null) {
      return "";
    }
    if (value instanceof Json.Text(String text)) {
      return text;
    }
    throw new ApiParameters.Wrong(name + ": (expected: a text)");
  }

  private static Json.Obj json(SavedQuestion question) {
    return ApiReplies.object(
        "id", question.id(),
        "name", question.name(),
        "q", question.text(),
        "range", question.range(),
        "view", question.view(),
        "saved", question.saved());
  }
}
