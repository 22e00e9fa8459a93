package io.levee.event;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/**
 * The canonical form of an event: one JSON object on one line, UTF-8, fields always in the same
 * order, nothing that is empty. It is what the archive and the index hold, what the API returns and
 * what the export writes, so a field may be added but never renamed.
 *
 * <p>Times are RFC 3339 in UTC with up to nine digits of fraction. Thread-safe.
 */
public final class CanonicalJson {
  static final JsonFactory FACTORY = new JsonFactory();

  private static final int BYTES_TYPICAL = 4096;

  /** Our own writing may be read back however large it is; the limits stood at the door. */
  static final JsonLimits LIMITS =
      new JsonLimits(200, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

  private static final JsonText READER = new JsonText(LIMITS);

  private CanonicalJson() {}

  /** The event as JSON, without a line end. */
  public static byte[] write(Event event) {
    ByteArrayBuilder out = new ByteArrayBuilder(BYTES_TYPICAL);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      writeEvent(json, event);
    }
    return out.toByteArray();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException when the bytes are not a canonical event
   */
  public static Event read(byte[] bytes) {
    return read(bytes, 0, bytes.length);
  }

  /**
   * Reads what {@link #write} wrote, from a part of the bytes.
   *
   * @throws IllegalArgumentException when the bytes are not a canonical event
   */
  public static Event read(byte[] bytes, int offset, int length) {
    return event(READER.parse(bytes, offset, length));
  }

  static Event event(JsonText.Parsed parsed) {
    return switch (parsed) {
      case JsonText.Value(Json.Obj object) -> CanonicalReader.event(object);
      case JsonText.Value(Json other) ->
          throw new IllegalArgumentException(
              "event: a " + other.getClass().getSimpleName() + " (expected: an object)");
      case JsonText.Invalid(String message, long at) ->
          throw new IllegalArgumentException("event: " + message + " at byte " + at);
      case JsonText.OverLimit(String message) ->
          throw new IllegalArgumentException("event: " + message);
    };
  }

  /**
   * Makes an event of a canonical object that was read or put together elsewhere.
   *
   * @throws IllegalArgumentException when a required field is absent or unreadable
   */
  public static Event of(Json.Obj object) {
    return CanonicalReader.event(object);
  }

  private static void writeEvent(JsonGenerator json, Event event) throws JacksonException {
    json.writeStartObject();
    json.writeStringProperty("id", event.id().toString());
    json.writeNumberProperty("project", event.project().value());
    json.writeStringProperty("kind", event.kind().wireName());
    json.writeStringProperty("time", CanonicalTime.write(event.time()));
    json.writeStringProperty("received", CanonicalTime.write(event.received()));
    json.writeStringProperty("level", event.level().wireName());
    json.writeStringProperty("title", event.title());
    text(json, "message", event.message());
    text(json, "logger", event.logger());
    text(json, "platform", event.platform());
    text(json, "host", event.host());
    text(json, "environment", event.environment());
    text(json, "release", event.release());
    text(json, "culprit", event.culprit());
    if (event.durationMillis() != null) {
      json.writeNumberProperty("duration_ms", event.durationMillis());
    }
    CanonicalParts.request(json, event.request());
    CanonicalParts.user(json, event.user());
    text(json, "trace_id", event.traceId());
    tags(json, event.tags());
    CanonicalParts.exceptions(json, event.exceptions());
    CanonicalParts.breadcrumbs(json, event.breadcrumbs());
    object(json, "contexts", event.contexts());
    object(json, "extra", event.extra());
    CanonicalParts.strings(json, "client_fingerprint", event.clientFingerprint());
    fingerprint(json, event.fingerprint(), event.variants());
    if (event.weight() != 1) {
      json.writeNumberProperty("weight", event.weight());
    }
    CanonicalParts.marks(json, event.marks());
    json.writeEndObject();
  }

  private static void tags(JsonGenerator json, Map<String, String> tags) {
    if (tags.isEmpty()) {
      return;
    }
    json.writeObjectPropertyStart("tags");
    tags.forEach(json::writeStringProperty);
    json.writeEndObject();
  }

  private static void fingerprint(
      JsonGenerator json, @Nullable Fingerprint fingerprint, List<Fingerprint> variants) {
    if (fingerprint == null) {
      return;
    }
    json.writeObjectPropertyStart("fingerprint");
    json.writeStringProperty("value", fingerprint.value());
    json.writeNumberProperty("version", fingerprint.version());
    CanonicalParts.strings(json, "also", variants.stream().map(Fingerprint::toString).toList());
    json.writeEndObject();
  }

  static void text(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }

  static void object(JsonGenerator json, String name, Json.Obj value) {
    if (!value.isEmpty()) {
      json.writeName(name);
      JsonText.write(json, value);
    }
  }
}
