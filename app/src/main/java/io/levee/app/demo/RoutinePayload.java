package io.levee.app.demo;

import io.levee.app.demo.Happening.LogLine;
import io.levee.app.demo.Happening.Timing;
import io.levee.event.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes log lines and timed work, in the dialect of their platform. */
final class RoutinePayload {
  private static final int STATUS_OK_OF_HUNDRED = 97;

  private RoutinePayload() {}

  /** One item of a {@code log} container. */
  static Json log(LogLine line, Scene scene) {
    Map<String, Json> attributes = new LinkedHashMap<>();
    attributes.put("sentry.release", attribute(scene.release));
    attributes.put("sentry.environment", attribute(scene.environment));
    attributes.put("sentry.sdk.name", attribute(Envelopes.sdk(line.project()).text("name")));
    attributes.put("sentry.message.template", attribute(line.template()));
    if (!line.project().platform().equals("javascript")) {
      attributes.put("server.address", attribute(scene.host(line.project())));
    }
    if (line.template().contains("{customer}")) {
      attributes.put("user.id", attribute(scene.person.id()));
    }
    return Doc.of(
        "timestamp", Doc.seconds(scene.time),
        "trace_id", scene.traceId,
        "level", line.level(),
        "severity_number", severity(line.level()),
        "body", scene.fill(line.template()),
        "attributes", new Json.Obj(attributes));
  }

  private static Json attribute(@Nullable String value) {
    return Doc.of("value", value, "type", "string");
  }

  private static int severity(String level) {
    return switch (level) {
      case "debug" -> 5;
      case "info" -> 9;
      case "warn" -> 13;
      default -> 17;
    };
  }

  /** The payload of a {@code transaction} item. */
  static Json transaction(Timing timing, Scene scene) {
    double stretch = Math.exp(scene.random.nextGaussian() * 0.45);
    long millis = Math.max(2, Math.round(timing.medianMillis() * stretch));
    boolean ok = scene.random.nextInt(100) < STATUS_OK_OF_HUNDRED;
    boolean browser = timing.project().platform().equals("javascript");
    return Doc.of(
        "type", "transaction",
        "event_id", scene.eventId,
        "transaction", timing.name(),
        "transaction_info", Doc.of("source", "route"),
        "platform", timing.project().platform(),
        "start_timestamp", Doc.seconds(scene.time.minusMillis(millis)),
        "timestamp", Doc.seconds(scene.time),
        "release", scene.release,
        "environment", scene.environment,
        "server_name", browser ? null : scene.host(timing.project()),
        "user", Doc.of("id", scene.person.id(), "ip_address", scene.person.ip()),
        "contexts",
            Doc.of(
                "trace",
                Doc.of(
                    "trace_id",
                    scene.traceId,
                    "span_id",
                    scene.spanId,
                    "op",
                    timing.op(),
                    "status",
                    ok ? "ok" : "internal_error")),
        "spans", spans(timing, scene, millis),
        "sdk", Envelopes.sdk(timing.project()));
  }

  private static List<Json> spans(Timing timing, Scene scene, long millis) {
    boolean browser = timing.project().platform().equals("javascript");
    List<String> works =
        browser
            ? List.of("/assets/vendor-react.js", "GET /api/cart", "GET /api/products")
            : List.of(
                "SELECT * FROM customer WHERE id = ?",
                "SELECT * FROM order_line WHERE order_id = ?",
                "UPDATE stock_item SET reserved = ? WHERE sku = ?");
    List<Json> spans = new ArrayList<>();
    long from = 0;
    for (String work : works) {
      long length = Math.max(1, millis * scene.between(8, 28) / 100);
      spans.add(
          Doc.of(
              "span_id",
              scene.hex(8),
              "trace_id",
              scene.traceId,
              "parent_span_id",
              scene.spanId,
              "op",
              browser ? "http.client" : "db",
              "description",
              work,
              "status",
              "ok",
              "start_timestamp",
              Doc.seconds(scene.time.minusMillis(millis - from)),
              "timestamp",
              Doc.seconds(scene.time.minusMillis(Math.max(0, millis - from - length)))));
      from += length;
    }
    return spans;
  }
}
