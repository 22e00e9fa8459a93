package io.levee.event;

import static io.levee.event.CanonicalJson.object;
import static io.levee.event.CanonicalJson.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.io.SerializedString;

/** Writes the nested parts of an event; {@link CanonicalReader} is its mirror. */
final class CanonicalParts {
  private CanonicalParts() {}

  static void request(JsonGenerator json, Request request) {
    if (request.isEmpty()) {
      return;
    }
    json.writeObjectPropertyStart("request");
    text(json, "method", request.method());
    text(json, "url", request.url());
    number(json, "status", request.status());
    pairs(json, "headers", request.headers());
    pairs(json, "cookies", request.cookies());
    pairs(json, "query", request.query());
    pairs(json, "form", request.form());
    pairs(json, "env", request.env());
    if (request.body() != null) {
      json.writeName("body");
      JsonText.write(json, request.body());
    }
    json.writeEndObject();
  }

  static void user(JsonGenerator json, User user) {
    if (user.isEmpty()) {
      return;
    }
    json.writeObjectPropertyStart("user");
    text(json, "id", user.id());
    text(json, "name", user.name());
    text(json, "email", user.email());
    text(json, "ip", user.ip());
    object(json, "data", user.data());
    json.writeEndObject();
  }

  static void exceptions(JsonGenerator json, List<ExceptionInfo> exceptions) {
    if (exceptions.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("exceptions");
    for (ExceptionInfo exception : exceptions) {
      json.writeStartObject();
      text(json, "type", exception.type());
      text(json, "value", exception.value());
      text(json, "module", exception.module());
      bool(json, "handled", exception.handled());
      object(json, "mechanism", exception.mechanism());
      frames(json, exception.frames());
      object(json, "other", exception.other());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void frames(JsonGenerator json, List<Frame> frames) {
    if (frames.isEmpty()) {
      return;
    }
    json.writeName("frames");
    if (SharedList.noted(frames, CanonicalParts.class) instanceof SerializedString text) {
      json.writeRawValue(text);
    } else if (SharedList.is(frames)) {
      SerializedString text = stack(frames);
      SharedList.note(frames, CanonicalParts.class, text);
      json.writeRawValue(text);
    } else {
      array(json, frames);
    }
  }

  private static SerializedString stack(List<Frame> frames) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json =
        CanonicalJson.FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      array(json, frames);
    }
    return new SerializedString(out.toString(StandardCharsets.UTF_8));
  }

  private static void array(JsonGenerator json, List<Frame> frames) {
    json.writeStartArray();
    for (Frame frame : frames) {
      json.writeStartObject();
      text(json, "function", frame.function());
      text(json, "module", frame.module());
      text(json, "file", frame.file());
      text(json, "path", frame.path());
      number(json, "line", frame.line());
      number(json, "column", frame.column());
      bool(json, "in_app", frame.inApp());
      text(json, "context", frame.contextLine());
      strings(json, "pre", frame.preContext());
      strings(json, "post", frame.postContext());
      object(json, "vars", frame.vars());
      object(json, "other", frame.other());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void breadcrumbs(JsonGenerator json, List<Breadcrumb> breadcrumbs) {
    if (breadcrumbs.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("breadcrumbs");
    for (Breadcrumb breadcrumb : breadcrumbs) {
      json.writeStartObject();
      text(json, "time", breadcrumb.time() == null ? null : CanonicalTime.write(breadcrumb.time()));
      text(json, "type", breadcrumb.type());
      text(json, "category", breadcrumb.category());
      text(json, "level", breadcrumb.level() == null ? null : breadcrumb.level().wireName());
      text(json, "message", breadcrumb.message());
      object(json, "data", breadcrumb.data());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void marks(JsonGenerator json, List<Mark> marks) {
    if (marks.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("marks");
    for (Mark mark : marks) {
      json.writeStartObject();
      text(json, "field", mark.field());
      text(json, "change", mark.change().wireName());
      text(json, "detail", mark.detail());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void strings(JsonGenerator json, String name, List<String> values) {
    if (values.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeString);
    json.writeEndArray();
  }

  /** Pairs are arrays of two, so that repeated names and their order survive. */
  private static void pairs(JsonGenerator json, String name, List<Pair> pairs) {
    if (pairs.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart(name);
    for (Pair pair : pairs) {
      json.writeStartArray();
      json.writeString(pair.key());
      json.writeString(pair.value());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static void number(JsonGenerator json, String name, @Nullable Integer value) {
    if (value != null) {
      json.writeNumberProperty(name, value);
    }
  }

  private static void bool(JsonGenerator json, String name, @Nullable Boolean value) {
    if (value != null) {
      json.writeBooleanProperty(name, value);
    }
  }
}
