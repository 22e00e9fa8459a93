package io.levee.app.demo;

import io.levee.event.Json;
import io.levee.event.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Puts envelopes together as each platform's client does. */
final class Envelopes {
  private Envelopes() {}

  /**
   * An envelope with one item that is about one event. Without {@code sent_at}, as of a client
   * whose queue held it back: the door would take a week-old sending time for a clock that is
   * wrong.
   */
  static byte[] ofEvent(DemoProject project, Scene scene, String itemType, Json payload) {
    Json header =
        Doc.of(
            "event_id", scene.eventId,
            "sdk", sdk(project),
            "trace", trace(scene));
    String text = JsonText.write(payload);
    Json itemHeader =
        isJavaScript(project)
            ? Doc.of("type", itemType)
            : Doc.of("type", itemType, "content_type", "application/json", "length", length(text));
    return lines(header, itemHeader, text);
  }

  /** An envelope with one log line, which has no event id. */
  static byte[] ofLog(DemoProject project, Json log) {
    boolean js = isJavaScript(project);
    List<Json> items = List.of(log);
    String text =
        JsonText.write(js ? Doc.of("version", 2, "items", items) : Doc.of("items", items));
    Json itemHeader =
        Doc.of(
            "type",
            "log",
            "item_count",
            1,
            "content_type",
            "application/vnd.sentry.items.log+json",
            "length",
            js ? null : Integer.valueOf(length(text)));
    return lines(Doc.of("sdk", sdk(project)), itemHeader, text);
  }

  /** The JavaScript clients leave the length out: the payload ends with its line. */
  private static boolean isJavaScript(DemoProject project) {
    return project.platform().equals("node") || project.platform().equals("javascript");
  }

  private static int length(String payload) {
    return payload.getBytes(StandardCharsets.UTF_8).length;
  }

  private static byte[] lines(Json header, Json itemHeader, String payload) {
    String text =
        JsonText.write(header) + "\n" + JsonText.write(itemHeader) + "\n" + payload + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Json trace(Scene scene) {
    return Doc.of(
        "trace_id", scene.traceId,
        "environment", scene.environment,
        "release", scene.release);
  }

  static Json.Obj sdk(DemoProject project) {
    return switch (project.platform()) {
      case "java" -> Doc.of("name", "sentry.java.spring-boot.jakarta", "version", "8.41.0");
      case "node" -> Doc.of("name", "sentry.javascript.node", "version", "11.12.0");
      case "python" -> Doc.of("name", "sentry.python.celery", "version", "2.44.0");
      default -> Doc.of("name", "sentry.javascript.react", "version", "11.12.0");
    };
  }
}
