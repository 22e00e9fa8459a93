package io.levee.edge.elmah;

import io.levee.edge.decode.DecodeContext;
import io.levee.edge.decode.Decoded;
import io.levee.edge.decode.JsonFields;
import io.levee.edge.decode.Marks;
import io.levee.edge.decode.Timestamps;
import io.levee.edge.decode.Titles;
import io.levee.event.Event;
import io.levee.event.EventBuilder;
import io.levee.event.EventId;
import io.levee.event.ExceptionInfo;
import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import io.levee.event.Kind;
import io.levee.event.Level;
import io.levee.event.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of elmah.io's messages. What our fields can't give back exactly stands under {@code
 * extra.elmah} as it was sent, so that {@link ElmahEncoder} returns every field it took. Pure but
 * for the ids it gives, and as thread-safe as the generator.
 */
public final class ElmahDecoder {
  /** Messages of one bulk request. */
  public static final int BULK_MESSAGES_MAX = 1_000;

  /** What we keep of a message that our fields do not say. */
  static final String KEPT = "elmah";

  private static final JsonText JSON = new JsonText(JsonLimits.DEFAULT);

  private final RandomGenerator random;

  /**
   * @param random gives messages their ids; thread-safe
   */
  public ElmahDecoder(RandomGenerator random) {
    this.random = random;
  }

  /** Decodes the body of a create request: one message. Never throws for what the body holds. */
  public Decoded message(byte[] body, DecodeContext context) {
    return switch (JSON.parse(body)) {
      case JsonText.Value(Json.Obj message) ->
          new Decoded.Events(List.of(event(message, context)), List.of());
      case JsonText.Value(Json other) ->
          new Decoded.Malformed(
              "message: " + JsonFields.kind(other) + " (expected: an object)", "");
      case JsonText.Invalid(String message, long at) -> invalid(message, at);
      case JsonText.OverLimit(String message) -> new Decoded.TooLarge("message: " + message);
    };
  }

  /** What came of decoding a bulk request's body. */
  public sealed interface Bulk {}

  /**
   * It was an array.
   *
   * @param messages what came of each, in order
   */
  public record Messages(List<Decoded> messages) implements Bulk {
    public Messages {
      messages = List.copyOf(messages);
    }
  }

  /** It was none that we want to read. */
  public record Unusable(Decoded why) implements Bulk {}

  /**
   * Decodes the body of a bulk request: an array of messages. A bad one does not spoil the others.
   *
   * @param messageBytesMax how large one message may be
   */
  public Bulk bulk(byte[] body, int messageBytesMax, DecodeContext context) {
    return switch (JSON.parse(body)) {
      case JsonText.Value(Json.Arr(List<Json> items)) when items.size() > BULK_MESSAGES_MAX ->
          new Unusable(new Decoded.TooLarge("bulk: more than " + BULK_MESSAGES_MAX + " messages"));
      case JsonText.Value(Json.Arr(List<Json> items)) -> {
        boolean anyTooLarge = body.length > messageBytesMax;
        List<Decoded> decoded = new ArrayList<>(items.size());
        for (Json item : items) {
          decoded.add(bulkItem(item, anyTooLarge ? messageBytesMax : Integer.MAX_VALUE, context));
        }
        yield new Messages(decoded);
      }
      case JsonText.Value(Json other) ->
          new Unusable(
              new Decoded.Malformed(
                  "bulk: " + JsonFields.kind(other) + " (expected: an array)", ""));
      case JsonText.Invalid(String message, long at) -> new Unusable(invalid(message, at));
      case JsonText.OverLimit(String message) ->
          new Unusable(new Decoded.TooLarge("bulk: " + message));
    };
  }

  private Decoded bulkItem(Json item, int bytesMax, DecodeContext context) {
    if (!(item instanceof Json.Obj message)) {
      return new Decoded.Malformed(
          "message: " + JsonFields.kind(item) + " (expected: an object)", "");
    }
    if (bytesMax < Integer.MAX_VALUE && JsonText.write(message).length() > bytesMax) {
      return new Decoded.TooLarge("message: more than " + bytesMax + " bytes");
    }
    return new Decoded.Events(List.of(event(message, context)), List.of());
  }

  private static Decoded invalid(String message, long at) {
    return new Decoded.Malformed("not JSON: " + message, "byte " + Math.max(at, 0));
  }

  private Event event(Json.Obj message, DecodeContext context) {
    Marks marks = new Marks();
    JsonFields fields = new JsonFields(message, "", marks);
    EventBuilder event = Event.builder(EventId.random(random), context.project());
    Level level = level(fields);
    event.received(context.received()).time(time(fields, context)).level(level);
    event.host(fields.text("hostname")).release(fields.text("version"));
    event.logger(fields.text("category")).traceId(fields.text("correlationId"));
    String user = fields.text("user");
    if (user != null) {
      event.user(new User(user, null, null, null, Json.Obj.EMPTY));
    }
    event.request(ElmahRequests.of(fields));
    event.breadcrumbs(ElmahBreadcrumbs.read(fields.take("breadcrumbs"), marks));
    Map<String, Json> extra = new LinkedHashMap<>();
    Map<String, String> tags = new LinkedHashMap<>();
    ElmahData.read(fields.take("data"), extra, tags);
    String template = fields.text("titleTemplate");
    if (template != null) {
      extra.putIfAbsent("titleTemplate", Json.text(template));
    }
    words(event, fields, extra, level);
    event.tags(tags).extra(Json.object(extra)).platform(platform(message));
    Event built = event.marks(marks.list()).build();
    return withKept(built, message);
  }

  private static Level level(JsonFields fields) {
    Json sent = fields.take("severity");
    String word = sent == null ? null : sent.scalarText();
    Level level = word == null ? null : Level.parse(word);
    if (level == null && sent != null) {
      fields.dropped("severity", sent, "a severity");
    }
    return level == null ? Level.INFO : level;
  }

  private static Instant time(JsonFields fields, DecodeContext context) {
    Json sent = fields.take("dateTime");
    Instant time = Timestamps.parse(sent);
    if (time == null && sent != null) {
      fields.dropped("dateTime", sent, "RFC 3339");
    }
    return time == null ? context.received() : time;
  }

  /** Title, message and exceptions, which share title, type and detail between them. */
  private static void words(
      EventBuilder event, JsonFields fields, Map<String, Json> extra, Level level) {
    String title = fields.text("title");
    String detail = fields.text("detail");
    List<ExceptionInfo> exceptions = exceptions(fields.text("type"), title, detail, extra, level);
    String line =
        Titles.first(
            Titles.firstLine(title),
            exceptions.isEmpty()
                ? null
                : Titles.ofException(exceptions.getFirst().type(), exceptions.getFirst().value()),
            Titles.firstLine(detail));
    boolean titleSaysMore = title != null && !title.equals(line);
    String message = titleSaysMore ? title : null;
    if (message == null && exceptions.isEmpty()) {
      message = detail;
    }
    event.title(line).message(message).exceptions(exceptions);
    boolean problem = !exceptions.isEmpty() || level.compareTo(Level.WARNING) >= 0;
    event.kind(problem ? Kind.ERROR : Kind.LOG);
  }

  private static List<ExceptionInfo> exceptions(
      @Nullable String type,
      @Nullable String title,
      @Nullable String detail,
      Map<String, Json> extra,
      Level level) {
    Json inspector = extra.get(ExceptionInspector.KEY);
    if (inspector instanceof Json.Text text) {
      List<ExceptionInfo> chain = ExceptionInspector.chain(text.value());
      if (!chain.isEmpty()) {
        return chain;
      }
    }
    ExceptionInfo only =
        new ExceptionInfo(
            type,
            value(type, title, detail),
            null,
            null,
            Json.Obj.EMPTY,
            detail == null ? List.of() : StackText.frames(detail),
            detail == null ? Json.Obj.EMPTY : Json.object("detail", Json.text(detail)));
    boolean typedProblem = type != null && (detail != null || level.compareTo(Level.ERROR) >= 0);
    return typedProblem || !only.frames().isEmpty() ? List.of(only) : List.of();
  }

  /** The exception's message: what follows its type in the detail's first line, else the title. */
  private static @Nullable String value(
      @Nullable String type, @Nullable String title, @Nullable String detail) {
    String first = Titles.firstLine(detail);
    if (first != null && type != null && first.startsWith(type + ": ")) {
      return first.substring(type.length() + 2);
    }
    return title;
  }

  private static @Nullable String platform(Json.Obj message) {
    boolean clientside =
        message.array("data").stream()
            .anyMatch(item ->
                item instanceof Json.Obj pair
                    && "X-ELMAHIO-SEARCH-isClientside".equals(pair.text("key")));
    return clientside ? "javascript" : null;
  }

  /** Keeps, as it was sent, what would come out otherwise. */
  private static Event withKept(Event event, Json.Obj message) {
    Json.Obj back = ElmahEncoder.message(event);
    Map<String, Json> kept = new LinkedHashMap<>();
    message
        .fields()
        .forEach((name, value) -> {
          if (!(value instanceof Json.Null) && !ElmahEncoder.says(back.get(name), value)) {
            kept.put(name, value);
          }
        });
    return kept.isEmpty()
        ? event
        : event.toBuilder().extra(event.extra().with(KEPT, Json.object(kept))).build();
  }
}
