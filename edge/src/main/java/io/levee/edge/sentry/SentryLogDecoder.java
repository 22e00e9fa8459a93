package io.levee.edge.sentry;

import io.levee.edge.decode.JsonFields;
import io.levee.edge.decode.Marks;
import io.levee.edge.decode.Titles;
import io.levee.event.Event;
import io.levee.event.EventBuilder;
import io.levee.event.EventId;
import io.levee.event.Json;
import io.levee.event.Kind;
import io.levee.event.Level;
import io.levee.event.User;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes an event of one log of a {@code log} container ("Logs"). Attributes that we model fill our
 * fields; the others stand in {@code extra} under their own names with their JSON type. Logs carry
 * no id: each gets a random one. As thread-safe as the generator.
 */
final class SentryLogDecoder {
  private final RandomGenerator random;

  SentryLogDecoder(RandomGenerator random) {
    this.random = random;
  }

  /**
   * @param inferIp whether the client asks for the address to be taken from the connection
   */
  Event decode(Json.Obj log, boolean inferIp, Source source) {
    Marks marks = new Marks();
    JsonFields fields = new JsonFields(log, "", marks);
    Map<String, Json> attributes = new LinkedHashMap<>();
    fields
        .object("attributes")
        .fields()
        .forEach((name, attribute) -> attributes.put(name, value(attribute)));
    EventBuilder event = Event.builder(EventId.random(random), source.context().project());
    event.kind(Kind.LOG).received(source.context().received()).traceId(fields.text("trace_id"));
    SentryTimes.read(fields, Kind.LOG, source, new Extra(Json.Obj.EMPTY), marks).into(event);
    event.level(level(fields));
    String body = fields.text("body");
    String title = Titles.first(Titles.firstLine(body));
    event.title(title).message(title.equals(body) ? null : body);
    service(event, attributes, source.header());
    event.user(user(attributes, inferIp ? source.context().remoteAddress() : null));
    Extra extra = new Extra(Json.object(attributes));
    fields.rest().fields().forEach(extra::keep);
    return event.extra(extra.json()).marks(marks.list()).build();
  }

  /** {@code {"value": 3, "type": "integer"}} says with its value all that its type says. */
  private static Json value(Json attribute) {
    if (!(attribute instanceof Json.Obj object)) {
      return attribute;
    }
    Json value = object.get("value");
    int known = object.get("type") == null ? 1 : 2;
    return value != null && object.fields().size() == known ? value : attribute;
  }

  private static Level level(JsonFields fields) {
    Json severity = fields.take("severity_number");
    Json sent = fields.take("level");
    String word = sent == null ? null : sent.scalarText();
    Level level = word == null ? null : Level.parse(word);
    if (level != null) {
      return level;
    }
    if (sent != null) {
      fields.dropped("level", sent, "a level");
    }
    Level byNumber = bySeverity(severity);
    return byNumber == null ? Level.INFO : byNumber;
  }

  /** OpenTelemetry's numbers, four to a level from 1 for the finest trace. */
  private static @Nullable Level bySeverity(@Nullable Json severity) {
    if (!(severity instanceof Json.Num number)) {
      return null;
    }
    double value = number.asDouble();
    return value >= 1 && value <= 24 ? Level.ofCode(((int) value - 1) / 4) : null;
  }

  private static void service(EventBuilder event, Map<String, Json> attributes, Json.Obj header) {
    Json.Obj trace = header.object("trace");
    String release = take(attributes, "sentry.release");
    String environment = take(attributes, "sentry.environment");
    String host = take(attributes, "server.address");
    event
        .release(release == null ? trace.text("release") : release)
        .environment(environment == null ? trace.text("environment") : environment)
        .host(host)
        .logger(logger(attributes))
        .platform(platform(attributes, header));
  }

  private static @Nullable String logger(Map<String, Json> attributes) {
    String name = take(attributes, "logger.name");
    return name == null ? take(attributes, "logger") : name;
  }

  private static User user(Map<String, Json> attributes, @Nullable String remoteAddress) {
    String address = take(attributes, "user.ip_address");
    User user =
        new User(
            take(attributes, "user.id"),
            take(attributes, "user.name"),
            take(attributes, "user.email"),
            address == null ? remoteAddress : address,
            Json.Obj.EMPTY);
    return user.isEmpty() ? User.EMPTY : user;
  }

  /** From the SDK's name, as in {@code sentry.javascript.node}. */
  private static @Nullable String platform(Map<String, Json> attributes, Json.Obj header) {
    Json name = attributes.get("sentry.sdk.name");
    String sdk = name == null ? header.object("sdk").text("name") : name.scalarText();
    if (sdk == null || !sdk.startsWith("sentry.")) {
      return null;
    }
    String[] parts = sdk.split("\\.");
    return parts.length > 2 && parts[2].equals("node") ? "node" : parts[1];
  }

  private static @Nullable String take(Map<String, Json> attributes, String name) {
    Json value = attributes.get(name);
    String text = value == null ? null : value.scalarText();
    if (text == null || text.isEmpty()) {
      return null;
    }
    attributes.remove(name);
    return text;
  }
}
