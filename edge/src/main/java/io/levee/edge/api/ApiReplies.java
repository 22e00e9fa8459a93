package io.levee.edge.api;

import io.levee.edge.door.Refusals;
import io.levee.edge.net.HttpReply;
import io.levee.engine.accept.Verdict;
import io.levee.event.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The API's answers that are the same everywhere: {@code {"detail": "what is wrong, and what was
 * expected"}}.
 */
final class ApiReplies {
  private ApiReplies() {}

  static HttpReply error(int status, String detail) {
    return HttpReply.json(status, Json.object("detail", Json.text(detail)));
  }

  static HttpReply refused(Verdict.Throttled throttled) {
    return error(429, "too many events: " + throttled.reason()).retryAfter(throttled.retryAfter());
  }

  static HttpReply refused(Verdict.Unavailable unavailable) {
    return error(503, "nothing was taken: " + unavailable.reason())
        .retryAfter(unavailable.retryAfter());
  }

  /** How this door says no to those who are turned away before anything of theirs is read. */
  static Refusals refusals() {
    return new Refusals() {
      @Override
      public HttpReply throttled(Duration retryAfter, String reason) {
        return refused(new Verdict.Throttled(retryAfter, reason));
      }

      @Override
      public HttpReply unavailable(Duration retryAfter, String reason) {
        return refused(new Verdict.Unavailable(retryAfter, reason));
      }
    };
  }

  /** An object of the given fields, in their order. */
  static Json.Obj object(Object... keysAndValues) {
    Map<String, Json> fields = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      String key = (String) keysAndValues[i];
      Object value = keysAndValues[i + 1];
      fields.put(
          key,
          switch (value) {
            case Json json -> json;
            case Long number -> Json.number(number);
            case Integer number -> Json.number((long) number);
            case Boolean bool -> Json.bool(bool);
            default -> Json.text(value.toString());
          });
    }
    return new Json.Obj(fields);
  }
}
