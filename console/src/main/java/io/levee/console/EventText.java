package io.levee.console;

import io.levee.event.Event;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event as plain text, for a ticket or a chat: the head and the stack as Java would print it.
 */
final class EventText {
  private EventText() {}

  static String of(Event event) {
    StringBuilder out = new StringBuilder();
    out.append(event.title()).append('\n');
    line(out, "event", event.id().toString());
    line(out, "time", event.time().toString());
    line(out, "level", event.level().wireName());
    line(out, "environment", event.environment());
    line(out, "release", event.release());
    line(out, "host", event.host());
    line(out, "request", request(event));
    line(out, "message", event.message());
    event.tags().forEach((key, value) -> line(out, "tags." + key, value));
    String role = "";
    for (ExceptionInfo exception : event.exceptions()) {
      out.append('\n').append(role);
      out.append(Objects.requireNonNullElse(exception.type(), "Stack"));
      out.append(exception.value() == null ? "" : ": " + exception.value()).append('\n');
      exception.frames().forEach(frame -> frame(out, frame));
      role = "Caused by: ";
    }
    return out.toString();
  }

  private static String request(Event event) {
    String url = Objects.requireNonNullElse(event.request().url(), "");
    String method = Objects.requireNonNullElse(event.request().method(), "");
    return (method + " " + url).strip();
  }

  private static void line(StringBuilder out, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      out.append(name).append(": ").append(value).append('\n');
    }
  }

  private static void frame(StringBuilder out, Frame frame) {
    out.append("    at ");
    if (frame.module() != null) {
      out.append(frame.module()).append('.');
    }
    out.append(Objects.requireNonNullElse(frame.function(), "(anonymous)"));
    out.append('(').append(FrameView.place(frame)).append(")\n");
  }
}
