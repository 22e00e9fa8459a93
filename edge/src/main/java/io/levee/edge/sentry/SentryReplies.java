package io.levee.edge.sentry;

import io.levee.edge.net.HttpReply;
import io.levee.event.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers that SDKs expect; all of them readable for browsers of any origin. Pure. */
final class SentryReplies {
  /**
   * All that a budget is about. Only clients' reports of what they dropped are left out: without a
   * category clients would hold those back, too.
   */
  private static final String CATEGORIES =
      "default;error;transaction;span;log_item;attachment;session;monitor;profile;profile_chunk;"
          + "replay;feedback;trace_metric;security";

  private static final Map<String, String> FOR_ANY_ORIGIN =
      Map.of(
          "Access-Control-Allow-Origin",
          "*",
          "Access-Control-Expose-Headers",
          "X-Sentry-Error, X-Sentry-Rate-Limits, Retry-After",
          "Cross-Origin-Resource-Policy",
          "cross-origin");

  private static final int ERROR_HEADER_CHARS_MAX = 200;

  private SentryReplies() {}

  /**
   * @param id of the event; null when there was none
   */
  static HttpReply ok(@Nullable String id) {
    return open(
        HttpReply.json(200, id == null ? Json.Obj.EMPTY : Json.object("id", Json.text(id))));
  }

  static HttpReply error(int status, String detail, String cause) {
    Map<String, Json> body = new LinkedHashMap<>();
    body.put("detail", Json.text(detail));
    body.put("causes", Json.array(List.of(Json.text(cause))));
    return open(HttpReply.json(status, Json.object(body)))
        .with("X-Sentry-Error", headerText(detail + ": " + cause));
  }

  /**
   * Too many events.
   *
   * @param reason a few fixed words; the first says whose limit it is when it is a key's
   */
  static HttpReply throttled(Duration retryAfter, String reason) {
    long seconds = HttpReply.seconds(retryAfter);
    String scope = reason.startsWith("key ") ? "key" : "project";
    String limits = seconds + ":" + CATEGORIES + ":" + scope + ":" + reason.replace(' ', '_');
    return error(429, "event rejected due to rate limit", reason)
        .retryAfter(retryAfter)
        .with("X-Sentry-Rate-Limits", limits);
  }

  static HttpReply unavailable(Duration retryAfter, String reason) {
    return error(503, "cannot take events now", reason).retryAfter(retryAfter);
  }

  /** Answers a browser that asks whether it may send. */
  static HttpReply preflight() {
    return open(HttpReply.empty(204))
        .with("Access-Control-Allow-Methods", "POST, OPTIONS")
        .with(
            "Access-Control-Allow-Headers",
            "X-Sentry-Auth, Authorization, Authentication, Content-Type, Content-Encoding,"
                + " Transfer-Encoding, X-Requested-With, Origin, Accept, sentry-trace, baggage")
        .with("Access-Control-Max-Age", "86400");
  }

  private static HttpReply open(HttpReply reply) {
    return reply.with(FOR_ANY_ORIGIN);
  }

  /** Headers are ASCII on one line. */
  private static String headerText(String text) {
    StringBuilder out = new StringBuilder();
    int length = Math.min(text.length(), ERROR_HEADER_CHARS_MAX);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      out.append(c >= ' ' && c < 0x7F ? c : '?');
    }
    return out.toString();
  }
}
