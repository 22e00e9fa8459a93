package io.levee.engine.export;

import io.levee.event.Event;
import io.levee.event.ExceptionInfo;
import io.levee.event.Json;
import io.levee.event.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Events as CSV (RFC 4180) that spreadsheets open without harm: a value that they would take for a
 * formula begins with an apostrophe, and control characters other than line ends are left out.
 * Pure.
 */
final class CsvEvents {
  private static final List<String> COLUMNS =
      List.of(
          "id",
          "time",
          "received",
          "kind",
          "level",
          "title",
          "message",
          "type",
          "value",
          "culprit",
          "logger",
          "platform",
          "environment",
          "release",
          "host",
          "user_id",
          "user_email",
          "user_name",
          "user_ip",
          "url",
          "method",
          "status",
          "trace_id",
          "weight",
          "tags");

  /** The first line. */
  static final byte[] HEAD = (String.join(",", COLUMNS) + "\r\n").getBytes(StandardCharsets.UTF_8);

  private CsvEvents() {}

  /** One line, with its end. */
  static byte[] line(Event event) {
    ExceptionInfo exception = event.exceptions().isEmpty() ? null : event.exceptions().getFirst();
    @Nullable Object[] values = {
      event.id(),
      event.time(),
      event.received(),
      event.kind().wireName(),
      event.level().wireName(),
      event.title(),
      event.message(),
      exception == null ? null : exception.type(),
      exception == null ? null : exception.value(),
      event.culprit(),
      event.logger(),
      event.platform(),
      event.environment(),
      event.release(),
      event.host(),
      event.user().id(),
      event.user().email(),
      event.user().name(),
      event.user().ip(),
      event.request().url(),
      event.request().method(),
      event.request().status(),
      event.traceId(),
      event.weight(),
      tags(event.tags())
    };
    return (Arrays.stream(values).map(CsvEvents::cell).collect(Collectors.joining(",")) + "\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable String tags(Map<String, String> tags) {
    if (tags.isEmpty()) {
      return null;
    }
    Map<String, Json> fields = new LinkedHashMap<>();
    tags.forEach((key, value) -> fields.put(key, Json.text(value)));
    return JsonText.write(new Json.Obj(fields));
  }

  /** A value as it stands in a line. */
  static String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = visible(value.toString());
    if (!text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    boolean quoted =
        text.indexOf(',') >= 0
            || text.indexOf('"') >= 0
            || text.indexOf('\n') >= 0
            || text.indexOf('\r') >= 0;
    return quoted ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
  }

  /** Without what would hide the first character that counts. */
  private static String visible(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' || c == '\n' || c == '\r' || c == '\t') {
        clean.append(c);
      }
    }
    return clean.toString();
  }
}
