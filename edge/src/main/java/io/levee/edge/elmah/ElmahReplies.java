package io.levee.edge.elmah;

import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.event.EventId;
import io.levee.event.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The answers that elmah.io's clients expect, readable for browsers of any origin. Pure. */
final class ElmahReplies {
  /** What may stand in a Host header; nothing else is repeated to anybody. */
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?");

  private ElmahReplies() {}

  static HttpReply created(String location) {
    return open(HttpReply.json(201, Json.object("location", Json.text(location))))
        .with("Location", location);
  }

  /** An entry of a bulk answer. */
  static Json entry(int status, String name, String value) {
    Map<String, Json> entry = new LinkedHashMap<>();
    entry.put("statusCode", Json.number(status));
    entry.put(name, Json.text(value));
    return Json.object(entry);
  }

  static HttpReply ok(Json body) {
    return open(HttpReply.json(200, body));
  }

  static HttpReply entries(List<Json> entries) {
    return ok(Json.array(entries));
  }

  static HttpReply error(int status, String detail) {
    Map<String, Json> body = new LinkedHashMap<>();
    body.put("status", Json.number(status));
    body.put("title", Json.text(title(status)));
    body.put("detail", Json.text(detail));
    return open(HttpReply.json(status, Json.object(body)));
  }

  static HttpReply later(int status, Duration retryAfter, String reason) {
    return error(status, reason).retryAfter(retryAfter);
  }

  static HttpReply preflight() {
    return open(HttpReply.empty(204))
        .with("Access-Control-Allow-Methods", "GET, POST, OPTIONS")
        .with("Access-Control-Allow-Headers", "Content-Type, api_key, Content-Encoding, Accept")
        .with("Access-Control-Max-Age", "86400");
  }

  /** Where a message can be read; absolute when we know under which name we were called. */
  static String location(HttpCall call, EventId id) {
    String path = "/v3/messages/" + call.pathParameter("log") + "/" + id;
    String host = call.header("Host");
    if (host == null || !HOST.matcher(host).matches()) {
      return path;
    }
    boolean secure = "https".equalsIgnoreCase(call.header("X-Forwarded-Proto"));
    return (secure ? "https://" : "http://") + host + path;
  }

  private static HttpReply open(HttpReply reply) {
    return reply
        .with("Access-Control-Allow-Origin", "*")
        .with("Access-Control-Expose-Headers", "Location, Retry-After")
        .with("Cross-Origin-Resource-Policy", "cross-origin");
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 404 -> "Not Found";
      case 408 -> "Request Timeout";
      case 413 -> "Payload Too Large";
      case 415 -> "Unsupported Media Type";
      case 429 -> "Too Many Requests";
      default -> "Service Unavailable";
    };
  }
}
