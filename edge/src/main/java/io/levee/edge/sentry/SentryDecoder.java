package io.levee.edge.sentry;

import io.levee.edge.decode.Counted;
import io.levee.edge.decode.DecodeContext;
import io.levee.edge.decode.Decoded;
import io.levee.engine.measure.Outcome;
import io.levee.event.Event;
import io.levee.event.Json;
import io.levee.event.JsonText;
import io.levee.event.Kind;
import io.levee.event.RepeatedArrays;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of what Sentry's clients send. Events, transactions and logs become events; client
 * reports and everything that is not yet supported is counted. One unreadable event makes the whole
 * envelope malformed: it is taken whole or not at all. Pure but for the ids it invents, and as
 * thread-safe as the generator.
 */
public final class SentryDecoder {
  /** Stacks that come again and again are read once. */
  private static final long REPEATED_BYTES_MAX = 2 << 20;

  private final EnvelopeLimits limits;
  private final EnvelopeDecoder framing;
  private final JsonText json;
  private final SentryEventDecoder events;
  private final SentryLogDecoder logs;

  /**
   * @param random invents ids for what comes without; thread-safe
   */
  public SentryDecoder(EnvelopeLimits limits, RandomGenerator random) {
    this.limits = limits;
    this.framing = new EnvelopeDecoder(limits);
    this.json = new JsonText(limits.json(), new RepeatedArrays("frames", REPEATED_BYTES_MAX));
    this.events = new SentryEventDecoder(random);
    this.logs = new SentryLogDecoder(random);
  }

  /** Decodes an envelope's bytes. Never throws for what they hold. */
  public Decoded envelope(byte[] body, DecodeContext context) {
    return switch (frame(body)) {
      case Envelope.Parsed(Envelope envelope) -> items(body, envelope, context);
      case Envelope.Malformed(String message, String where) ->
          new Decoded.Malformed(message, where);
      case Envelope.TooLarge(String message) -> new Decoded.TooLarge(message);
    };
  }

  /** Takes an envelope apart without looking into its items. */
  Envelope.Framed frame(byte[] body) {
    return framing.decode(body);
  }

  /** Decodes a framed envelope's items. */
  Decoded items(byte[] body, Envelope envelope, DecodeContext context) {
    Found found = new Found(Source.of(context, envelope.header()));
    for (Envelope.Item item : envelope.items()) {
      Decoded problem =
          switch (item.type()) {
            case "event" -> event(body, item, Kind.ERROR, found);
            case "transaction" -> event(body, item, Kind.TRANSACTION, found);
            case "log" -> logs(body, item, found);
            default -> {
              found.counted.addAll(counted(body, item));
              yield null;
            }
          };
      if (problem != null) {
        return problem;
      }
    }
    return new Decoded.Events(found.events, found.counted);
  }

  /** Decodes the body of the older store endpoint: one event, as JSON, zlib, or zlib in base64. */
  public Decoded store(byte[] body, DecodeContext context) {
    byte[] plain = StoreBody.plain(body, limits.eventBytesMax());
    if (plain == null) {
      return new Decoded.Malformed("event: neither JSON nor zlib data", "byte 0");
    }
    if (plain.length > limits.eventBytesMax()) {
      return new Decoded.TooLarge("event: more than " + limits.eventBytesMax() + " bytes");
    }
    return switch (json.parse(plain)) {
      case JsonText.Value(Json.Obj payload) -> {
        Kind kind = "transaction".equals(payload.text("type")) ? Kind.TRANSACTION : Kind.ERROR;
        Source source = Source.of(context, Json.Obj.EMPTY);
        yield new Decoded.Events(List.of(events.decode(payload, kind, source)), List.of());
      }
      case JsonText.Value ignored -> new Decoded.Malformed("event: not a JSON object", "byte 0");
      case JsonText.Invalid(String message, long at) ->
          new Decoded.Malformed("event: not JSON: " + message, "byte " + Math.max(at, 0));
      case JsonText.OverLimit(String message) -> new Decoded.TooLarge("event: " + message);
    };
  }

  /** What was decoded so far. */
  private static final class Found {
    private final List<Event> events = new ArrayList<>();
    private final List<Counted> counted = new ArrayList<>();
    private Source source;

    Found(Source source) {
      this.source = source;
    }
  }

  private @Nullable Decoded event(byte[] body, Envelope.Item item, Kind kind, Found found) {
    return switch (payload(body, item, limits.eventBytesMax())) {
      case Payload(Json.Obj payload) -> {
        found.events.add(events.decode(payload, kind, found.source));
        // The envelope names one event; a second one under the same id would be lost as its double.
        found.source = found.source.withoutEventId();
        yield null;
      }
      case Problem(Decoded why) -> why;
    };
  }

  private @Nullable Decoded logs(byte[] body, Envelope.Item item, Found found) {
    return switch (payload(body, item, limits.containerBytesMax())) {
      case Payload(Json.Obj container) -> {
        Json several = container.get("items");
        // Before there were containers a log came alone.
        List<Json> items = several == null ? List.of(container) : container.array("items");
        if (several != null && !(several instanceof Json.Arr)) {
          found.counted.add(new Counted(Outcome.MALFORMED, "log", "items not an array", 1));
        }
        boolean inferIp = "auto".equals(container.object("ingest_settings").text("infer_ip"));
        for (Json log : items) {
          if (log instanceof Json.Obj object) {
            found.events.add(logs.decode(object, inferIp, found.source));
          } else {
            found.counted.add(new Counted(Outcome.MALFORMED, "log", "not an object", 1));
          }
        }
        yield null;
      }
      case Problem(Decoded why) -> why;
    };
  }

  private List<Counted> counted(byte[] body, Envelope.Item item) {
    if (!item.type().equals("client_report")) {
      return List.of(Unsupported.count(item, json, body));
    }
    return switch (payload(body, item, limits.reportBytesMax())) {
      case Payload(Json.Obj report) -> ClientReports.of(report);
      case Problem ignored ->
          List.of(new Counted(Outcome.MALFORMED, "client_report", "unreadable", 1));
    };
  }

  private sealed interface Read {}

  private record Payload(Json.Obj json) implements Read {}

  private record Problem(Decoded why) implements Read {}

  private Read payload(byte[] body, Envelope.Item item, int bytesMax) {
    String name = "item " + item.number();
    if (item.length() > bytesMax) {
      return new Problem(
          new Decoded.TooLarge(name + ": " + item.type() + " of more than " + bytesMax + " bytes"));
    }
    return switch (json.parse(body, item.offset(), item.length())) {
      case JsonText.Value(Json.Obj payload) -> new Payload(payload);
      case JsonText.Value ignored ->
          malformed(item, "payload is not a JSON object", name, item.offset());
      case JsonText.Invalid(String message, long at) ->
          malformed(item, "not JSON: " + message, name, item.offset() + Math.max(at, 0));
      case JsonText.OverLimit(String message) ->
          new Problem(new Decoded.TooLarge(name + ": " + message));
    };
  }

  private static Problem malformed(Envelope.Item item, String message, String name, long at) {
    return new Problem(new Decoded.Malformed(item.type() + ": " + message, name + ", byte " + at));
  }
}
