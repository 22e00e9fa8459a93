package io.levee.edge.api;

import io.levee.edge.decode.DecodeContext;
import io.levee.edge.decode.Decoded;
import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import io.levee.event.Kind;
import io.levee.event.Level;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Reads events in Levee's own form: the canonical JSON of which only {@code title} or {@code
 * message} is required. One object, an array of objects, or one object a line. Fields that the
 * canonical form does not have go to {@code extra}. Pure but for the ids it makes; thread-safe.
 */
final class ApiEventDecoder {
  /** How many events one request may bring. */
  static final int EVENTS_MAX = 10_000;

  private enum Type {
    TEXT,
    NUMBER,
    OBJECT,
    ARRAY,
    SCALAR
  }

  private static final Map<String, Type> FIELDS = fields();

  private final JsonText json = JsonText.strict(JsonLimits.DEFAULT);
  private final RandomGenerator random;

  /**
   * @param random makes the ids of events that come without one
   */
  ApiEventDecoder(RandomGenerator random) {
    this.random = random;
  }

  private static Map<String, Type> fields() {
    Map<String, Type> fields = new LinkedHashMap<>();
    for (String text :
        List.of(
            "id",
            "kind",
            "level",
            "title",
            "message",
            "logger",
            "platform",
            "host",
            "environment",
            "release",
            "culprit",
            "trace_id")) {
      fields.put(text, Type.TEXT);
    }
    fields.put("time", Type.SCALAR);
    fields.put("duration_ms", Type.NUMBER);
    for (String object : List.of("request", "user", "tags", "contexts", "extra")) {
      fields.put(object, Type.OBJECT);
    }
    for (String array : List.of("exceptions", "breadcrumbs", "client_fingerprint")) {
      fields.put(array, Type.ARRAY);
    }
    return fields;
  }

  Decoded decode(byte[] body, DecodeContext context) {
    return switch (json.parse(body)) {
      case JsonText.Value(Json.Arr(List<Json> items)) -> all(items, context);
      case JsonText.Value(Json one) -> all(List.of(one), context);
      case JsonText.OverLimit(String message) -> new Decoded.TooLarge(message);
      case JsonText.Invalid(String message, long at) -> lines(body, context, message, at);
    };
  }

  /** What is not one document may be one a line. */
  private Decoded lines(byte[] body, DecodeContext context, String message, long at) {
    List<Json> items = new ArrayList<>();
    int start = 0;
    while (start < body.length) {
      int end = start;
      while (end < body.length && body[end] != '\n') {
        end++;
      }
      if (!blank(body, start, end)) {
        if (items.size() == 1 && moreThan(EVENTS_MAX - 2, body, end)) {
          return new Decoded.TooLarge("events: more than " + EVENTS_MAX); // Before all is read.
        }
        switch (json.parse(body, start, end - start)) {
          case JsonText.Value(Json one) -> items.add(one);
          case JsonText.OverLimit(String limit) -> {
            return new Decoded.TooLarge(limit);
          }
          case JsonText.Invalid(String lineMessage, long lineAt) -> {
            return items.isEmpty()
                ? new Decoded.Malformed("not JSON: " + message, "byte " + at)
                : new Decoded.Malformed(
                    "not JSON: " + lineMessage,
                    "line " + (items.size() + 1) + ", byte " + (start + lineAt));
          }
        }
      }
      start = end + 1;
    }
    return items.isEmpty()
        ? new Decoded.Malformed("no event (expected: one JSON object, an array, or one a line)", "")
        : all(items, context);
  }

  /** Whether more lines than that follow with something in them. */
  private static boolean moreThan(int max, byte[] body, int from) {
    int lines = 0;
    boolean filled = false;
    for (int i = from; i < body.length && lines <= max; i++) {
      if (body[i] == '\n') {
        filled = false;
      } else if (!filled && !blank(body, i, i + 1)) {
        filled = true;
        lines++;
      }
    }
    return lines > max;
  }

  private static boolean blank(byte[] body, int start, int end) {
    for (int i = start; i < end; i++) {
      if (body[i] > ' ' || body[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private Decoded all(List<Json> items, DecodeContext context) {
    if (items.size() > EVENTS_MAX) {
      return new Decoded.TooLarge(
          "events: " + items.size() + " (expected: at most " + EVENTS_MAX + ")");
    }
    List<Event> events = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      String where = items.size() == 1 ? "" : "event " + (i + 1);
      if (!(items.get(i) instanceof Json.Obj object)) {
        return new Decoded.Malformed("an event must be an object", where);
      }
      try {
        events.add(event(object, context));
      } catch (WrongField e) {
        return new Decoded.Malformed(String.valueOf(e.getMessage()), where);
      }
    }
    return new Decoded.Events(events, List.of());
  }

  private Event event(Json.Obj sent, DecodeContext context) {
    Map<String, Json> fields = new LinkedHashMap<>();
    Map<String, Json> extra =
        new LinkedHashMap<>(checked(sent, "extra") ? sent.object("extra").fields() : Map.of());
    for (Map.Entry<String, Json> field : sent.fields().entrySet()) {
      boolean known = FIELDS.containsKey(field.getKey());
      if (known && checked(sent, field.getKey())) {
        fields.put(field.getKey(), field.getValue());
      } else if (!known && !RESERVED.contains(field.getKey())) {
        extra.putIfAbsent(field.getKey(), field.getValue());
      }
    }
    fields.put("id", Json.text(id(sent).toString()));
    fields.put("project", Json.number(context.project().value()));
    fields.put("kind", Json.text(kind(sent).wireName()));
    fields.put("time", Json.text(time(sent, context.received()).toString()));
    fields.put("received", Json.text(context.received().toString()));
    fields.put("level", Json.text(level(sent).wireName()));
    fields.put("title", Json.text(title(sent)));
    if (!extra.isEmpty()) {
      fields.put("extra", new Json.Obj(extra));
    }
    return CanonicalJson.of(new Json.Obj(fields));
  }

  /** What only the intake sets. */
  private static final List<String> RESERVED =
      List.of("project", "received", "fingerprint", "weight", "marks");

  /** Whether the field is there, with the type it must have. JSON's null counts as not there. */
  private static boolean checked(Json.Obj sent, String name) {
    Json value = sent.get(name);
    if (value == null || value instanceof Json.Null) {
      return false;
    }
    Type type = FIELDS.get(name);
    boolean right =
        switch (type) {
          case TEXT -> value instanceof Json.Text;
          case NUMBER -> value instanceof Json.Num;
          case OBJECT -> value instanceof Json.Obj;
          case ARRAY -> value instanceof Json.Arr;
          case SCALAR -> value.scalarText() != null;
          case null -> true;
        };
    if (!right) {
      throw new WrongField(
          name + ": wrong type (expected: " + String.valueOf(type).toLowerCase(Locale.ROOT) + ")");
    }
    return true;
  }

  private EventId id(Json.Obj sent) {
    if (!checked(sent, "id")) {
      return EventId.random(random);
    }
    String text = String.valueOf(sent.text("id"));
    EventId id = EventId.parse(text);
    if (id == null) {
      throw new WrongField("id: " + quoted(text) + " (expected: 32 hex digits or a UUID)");
    }
    return id;
  }

  private static Kind kind(Json.Obj sent) {
    if (!checked(sent, "kind")) {
      return Kind.ERROR;
    }
    String text = String.valueOf(sent.text("kind"));
    Kind kind = Kind.parse(text);
    if (kind == null) {
      throw new WrongField(
          "kind: " + quoted(text) + " (expected: error, log, transaction, check, metric or view)");
    }
    return kind;
  }

  private static Level level(Json.Obj sent) {
    if (!checked(sent, "level")) {
      return Level.ERROR;
    }
    String text = String.valueOf(sent.text("level"));
    Level level = Level.parse(text);
    if (level == null) {
      throw new WrongField(
          "level: " + quoted(text) + " (expected: trace, debug, info, warning, error or fatal)");
    }
    return level;
  }

  private static Instant time(Json.Obj sent, Instant received) {
    if (!checked(sent, "time")) {
      return received;
    }
    String text = String.valueOf(sent.text("time"));
    try {
      return sent.get("time") instanceof Json.Num
          ? seconds(text)
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new WrongField(
          "time: " + quoted(text) + " (expected: RFC 3339, or seconds since 1970)", e);
    }
  }

  private static Instant seconds(String literal) {
    if (literal.length() > 40) {
      throw new NumberFormatException("too long");
    }
    BigDecimal seconds = new BigDecimal(literal);
    if (Math.abs((long) seconds.precision() - seconds.scale()) > 20) {
      throw new ArithmeticException("out of range");
    }
    BigInteger nanos = seconds.movePointRight(9).toBigInteger();
    BigInteger[] parts = nanos.divideAndRemainder(BigInteger.valueOf(1_000_000_000));
    return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
  }

  private static String title(Json.Obj sent) {
    for (String name : List.of("title", "message")) {
      if (checked(sent, name)) {
        String text = String.valueOf(sent.text(name)).strip();
        if (!text.isEmpty()) {
          return text.lines().findFirst().orElse(text);
        }
      }
    }
    String fromException = exceptionTitle(sent);
    if (fromException == null) {
      throw new WrongField("title: none (expected: a title or a message)");
    }
    return fromException;
  }

  private static @Nullable String exceptionTitle(Json.Obj sent) {
    if (!sent.array("exceptions").isEmpty()
        && sent.array("exceptions").getFirst() instanceof Json.Obj first) {
      String type = first.text("type");
      String value = first.text("value");
      String title = type == null ? value : value == null ? type : type + ": " + value;
      return title == null || title.isBlank() ? null : title;
    }
    return null;
  }

  private static String quoted(String text) {
    return '"' + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + '"';
  }

  private static final class WrongField extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongField(String message) {
      super(message, null, false, false);
    }

    WrongField(String message, Throwable cause) {
      super(message, cause, false, false);
    }
  }
}
