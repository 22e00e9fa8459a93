package io.levee.edge.sentry;

import io.levee.edge.decode.JsonFields;
import io.levee.edge.decode.Marks;
import io.levee.edge.decode.Titles;
import io.levee.event.Event;
import io.levee.event.EventBuilder;
import io.levee.event.EventId;
import io.levee.event.ExceptionInfo;
import io.levee.event.Json;
import io.levee.event.Kind;
import io.levee.event.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes an event of the payload of an {@code event} or {@code transaction} item ("Event Payloads").
 * Fields of the wrong type are dropped with a mark; fields we do not model stand in {@code extra}
 * under their own names. Pure but for the ids it invents; as thread-safe as the generator.
 */
final class SentryEventDecoder {
  private final RandomGenerator random;

  /**
   * @param random invents ids for events that come without; thread-safe
   */
  SentryEventDecoder(RandomGenerator random) {
    this.random = random;
  }

  Event decode(Json.Obj payload, Kind kind, Source source) {
    Marks marks = new Marks();
    JsonFields fields = new JsonFields(payload, "", marks);
    Extra extra = new Extra(fields.object("extra"));
    EventBuilder event = Event.builder(id(fields, source, extra), source.context().project());
    event.kind(kind).level(level(fields, kind)).received(source.context().received());
    SentryTimes.read(fields, kind, source, extra, marks).into(event);
    String transaction = fields.text("transaction");
    service(event.culprit(transaction), fields, source);
    List<ExceptionInfo> exceptions = exceptions(fields, extra, marks);
    String message = SentryMessages.text(fields, extra);
    String title = title(kind, transaction, exceptions, message);
    event.title(title).message(title.equals(message) ? null : message).exceptions(exceptions);
    event.tags(tags(fields, exceptions));
    event.breadcrumbs(SentryBreadcrumbs.of(fields.take("breadcrumbs"), source, marks));
    surroundings(event, fields, new Keep(source, extra, marks));
    event.clientFingerprint(fingerprint(fields));
    keepRest(fields, kind, source.header(), extra);
    return event.extra(extra.json()).marks(marks.list()).build();
  }

  private EventId id(JsonFields fields, Source source, Extra extra) {
    Json sent = fields.take("event_id");
    String text = sent == null ? null : sent.scalarText();
    EventId own = text == null ? null : Source.id(text);
    if (own == null && sent != null) {
      fields.dropped("event_id", sent, "32 hex digits, not all zero");
    }
    EventId winner = source.eventId();
    if (winner != null && own != null && !winner.equals(own)) {
      extra.keep("event_id", Json.text(own.toString()));
    }
    if (winner != null) {
      return winner;
    }
    return own == null ? EventId.random(random) : own;
  }

  private static Level level(JsonFields fields, Kind kind) {
    Json sent = fields.take("level");
    String word = sent == null ? null : sent.scalarText();
    Level level = word == null ? null : Level.parse(word);
    if (level == null && sent != null) {
      fields.dropped("level", sent, "a level");
    }
    Level missing = kind == Kind.TRANSACTION ? Level.INFO : Level.ERROR;
    return level == null ? missing : level;
  }

  private static void service(EventBuilder event, JsonFields fields, Source source) {
    Json.Obj trace = source.header().object("trace");
    String environment = fields.text("environment");
    String release = fields.text("release");
    event
        .logger(fields.text("logger"))
        .platform(fields.text("platform"))
        .host(fields.text("server_name"))
        .environment(environment == null ? trace.text("environment") : environment)
        .release(release == null ? trace.text("release") : release);
  }

  private static List<ExceptionInfo> exceptions(JsonFields fields, Extra extra, Marks marks) {
    List<ExceptionInfo> chain = SentryExceptions.of(fields.take("exception"), marks);
    Json.Obj stacktrace = fields.object("stacktrace");
    Json threads = fields.take("threads");
    if (chain.isEmpty() && !stacktrace.isEmpty()) {
      Json.Obj carrier = Json.object("stacktrace", stacktrace);
      chain = List.of(SentryExceptions.synthetic(new JsonFields(carrier, "", marks), marks));
    } else {
      extra.keep("stacktrace", stacktrace);
    }
    if (threads == null) {
      return chain;
    }
    if (!chain.isEmpty()) {
      extra.keep("threads", threads);
      return chain;
    }
    return SentryThreads.crashed(threads, extra, marks);
  }

  private static String title(
      Kind kind,
      @Nullable String transaction,
      List<ExceptionInfo> exceptions,
      @Nullable String message) {
    String where = Titles.firstLine(transaction);
    if (kind == Kind.TRANSACTION) {
      return Titles.first(where, Titles.firstLine(message));
    }
    ExceptionInfo first = exceptions.isEmpty() ? null : exceptions.getFirst();
    return Titles.first(
        first == null ? null : Titles.ofException(first.type(), first.value()),
        Titles.firstLine(message),
        where);
  }

  private static Map<String, String> tags(JsonFields fields, List<ExceptionInfo> exceptions) {
    Map<String, String> tags = new LinkedHashMap<>();
    Json sent = fields.take("tags");
    switch (sent) {
      case null -> {}
      case Json.Obj map -> map.fields().forEach((name, value) -> tag(tags, name, value, fields));
      case Json.Arr list -> list.items().forEach(item -> pairTag(tags, item, fields));
      default -> fields.dropped("tags", sent, "a map");
    }
    Boolean handled = exceptions.isEmpty() ? null : exceptions.getFirst().handled();
    if (handled != null) {
      tags.putIfAbsent("handled", handled ? "yes" : "no");
    }
    return tags;
  }

  private static void pairTag(Map<String, String> tags, Json item, JsonFields fields) {
    if (item instanceof Json.Arr(List<Json> pair)
        && pair.size() == 2
        && pair.getFirst() instanceof Json.Text name) {
      tag(tags, name.value(), pair.getLast(), fields);
    } else if (!(item instanceof Json.Null)) {
      fields.dropped("tags", item, "a pair");
    }
  }

  private static void tag(Map<String, String> tags, String name, Json value, JsonFields fields) {
    String text = value.scalarText();
    if (text != null) {
      tags.put(name, text);
    } else if (!(value instanceof Json.Null)) {
      fields.dropped("tags." + name, value, "text, a number or a boolean");
    }
  }

  /** Where the parts of an event put what they can't say. */
  private record Keep(Source source, Extra extra, Marks marks) {}

  private static void surroundings(EventBuilder event, JsonFields fields, Keep keep) {
    Json.Obj contexts = fields.object("contexts");
    Json.Obj trace = contexts.object("trace");
    String traceId = trace.text("trace_id");
    String fromHeader = keep.source().header().object("trace").text("trace_id");
    event.contexts(contexts).traceId(traceId == null ? fromHeader : traceId);
    Integer status = httpStatus(contexts.object("response").get("status_code"));
    event.request(SentryRequests.of(fields.object("request"), status, keep.extra(), keep.marks()));
    Json sdk = fields.take("sdk");
    Json.Obj settings = sdk instanceof Json.Obj known ? known.object("settings") : Json.Obj.EMPTY;
    boolean inferIp = "auto".equals(settings.text("infer_ip"));
    String remote = keep.source().context().remoteAddress();
    event.user(SentryUsers.of(fields.object("user"), inferIp, remote, keep.marks()));
    Json kept = sdk == null ? keep.source().header().get("sdk") : sdk;
    if (kept != null) {
      keep.extra().keep("sdk", kept);
    }
  }

  private static @Nullable Integer httpStatus(@Nullable Json value) {
    String text = value == null ? null : value.scalarText();
    return text != null && text.matches("[1-5][0-9][0-9]")
        ? (Integer) Integer.parseInt(text)
        : null;
  }

  private static List<String> fingerprint(JsonFields fields) {
    List<String> parts = new ArrayList<>();
    for (Json part : fields.array("fingerprint")) {
      String text = part.scalarText();
      if (text != null) {
        parts.add(text);
      } else if (!(part instanceof Json.Null)) {
        fields.dropped("fingerprint", part, "text");
      }
    }
    return parts;
  }

  private static void keepRest(JsonFields fields, Kind kind, Json.Obj header, Extra extra) {
    String type = fields.text("type");
    if (type != null && !type.equals(kind.wireName())) {
      extra.keep("type", Json.text(type));
    }
    fields.rest().fields().forEach(extra::keep);
    extra.keep("trace", SentryTrace.beyondTheEvent(header.object("trace")));
  }
}
