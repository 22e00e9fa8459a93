package io.levee.edge.elmah;

import io.levee.edge.decode.DecodeContext;
import io.levee.edge.decode.Decoded;
import io.levee.edge.net.BodyLimits;
import io.levee.edge.net.BodyReader;
import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.edge.net.MemoryLedger;
import io.levee.edge.net.RequestBody;
import io.levee.engine.accept.Admission;
import io.levee.engine.accept.Intake;
import io.levee.engine.accept.Verdict;
import io.levee.engine.measure.Ledger;
import io.levee.engine.measure.Outcome;
import io.levee.engine.registry.Sender;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Takes messages in. Thread-safe. */
final class ElmahMessages {
  /** elmah.io's own limit. */
  static final int MESSAGE_BYTES_MAX = 256 << 10;

  private static final BodyLimits ONE =
      new BodyLimits(MESSAGE_BYTES_MAX, MESSAGE_BYTES_MAX, 200, Duration.ofSeconds(60));

  private final Intake intake;
  private final Ledger ledger;
  private final ElmahDecoder decoder;
  private final BodyReader oneBody;
  private final BodyReader bulkBody;
  private final Clock clock;

  ElmahMessages(
      Intake intake, Ledger ledger, ElmahDecoder decoder, MemoryLedger memory, Clock clock) {
    this.intake = intake;
    this.ledger = ledger;
    this.decoder = decoder;
    this.oneBody = new BodyReader(ONE, memory);
    this.bulkBody = new BodyReader(BodyLimits.DEFAULT, memory);
    this.clock = clock;
  }

  /** One message. */
  HttpReply create(HttpCall call, Sender sender) {
    return read(
        call,
        sender,
        oneBody,
        body ->
            switch (decoder.message(body, context(call, sender))) {
              case Decoded.Events events ->
                  accept(
                      sender,
                      events.events(),
                      ids -> ElmahReplies.created(ElmahReplies.location(call, ids.getFirst())));
              case Decoded.Malformed malformed -> malformed(sender, malformed);
              case Decoded.TooLarge tooLarge -> tooLarge(sender, tooLarge);
            });
  }

  /** An array of messages; each gets its own status. */
  HttpReply bulk(HttpCall call, Sender sender) {
    return read(
        call,
        sender,
        bulkBody,
        body ->
            switch (decoder.bulk(body, MESSAGE_BYTES_MAX, context(call, sender))) {
              case ElmahDecoder.Messages(List<Decoded> messages) -> bulk(call, sender, messages);
              case ElmahDecoder.Unusable(Decoded.Malformed malformed) ->
                  malformed(sender, malformed);
              case ElmahDecoder.Unusable(Decoded.TooLarge tooLarge) -> tooLarge(sender, tooLarge);
              case ElmahDecoder.Unusable(Decoded.Events ignored) ->
                  throw new IllegalStateException("events where a complaint was expected");
            });
  }

  private HttpReply bulk(HttpCall call, Sender sender, List<Decoded> messages) {
    List<Event> events = new ArrayList<>();
    for (Decoded message : messages) {
      if (message instanceof Decoded.Events decoded) {
        events.addAll(decoded.events());
      }
    }
    return accept(
        sender,
        events,
        ids -> {
          List<Json> entries = new ArrayList<>(messages.size());
          int next = 0;
          for (Decoded message : messages) {
            switch (message) {
              case Decoded.Events ignored ->
                  entries.add(
                      ElmahReplies.entry(
                          201, "location", ElmahReplies.location(call, ids.get(next++))));
              case Decoded.Malformed malformed -> {
                ledger.count(sender, Outcome.MALFORMED, "default", "malformed", 1);
                entries.add(ElmahReplies.entry(400, "detail", malformed.sentence()));
              }
              case Decoded.TooLarge(String detail) -> {
                ledger.count(sender, Outcome.REFUSED, "default", "too large", 1);
                entries.add(ElmahReplies.entry(413, "detail", detail));
              }
            }
          }
          return ElmahReplies.entries(entries);
        });
  }

  private HttpReply read(
      HttpCall call, Sender sender, BodyReader bodies, Function<byte[], HttpReply> next) {
    return switch (intake.admit(sender)) {
      case Admission.Turned(Verdict.Throttled(Duration retryAfter, String reason)) ->
          ElmahReplies.later(429, retryAfter, reason);
      case Admission.Admitted admitted -> {
        try (admitted) {
          yield readAdmitted(call, sender, bodies, next);
        }
      }
    };
  }

  private HttpReply readAdmitted(
      HttpCall call, Sender sender, BodyReader bodies, Function<byte[], HttpReply> next) {
    return switch (bodies.read(call)) {
      case RequestBody.Whole whole -> {
        try (whole) {
          intake.read(sender, whole.bytes().length);
          yield next.apply(whole.bytes());
        }
      }
      case RequestBody.Unreadable body -> {
        Outcome outcome = body.status() == 400 ? Outcome.MALFORMED : Outcome.REFUSED;
        ledger.count(sender, outcome, "default", body.reason(), 1);
        yield body.on(ElmahReplies.error(body.status(), body.message()));
      }
    };
  }

  private HttpReply accept(
      Sender sender, List<Event> events, Function<List<EventId>, HttpReply> yes) {
    Verdict verdict =
        events.isEmpty() ? new Verdict.Accepted(List.of(), 0) : intake.accept(sender, events);
    return switch (verdict) {
      case Verdict.Accepted accepted -> yes.apply(accepted.ids());
      case Verdict.Throttled(Duration retryAfter, String reason) ->
          ElmahReplies.later(429, retryAfter, reason);
      case Verdict.Unavailable(Duration retryAfter, String reason) ->
          ElmahReplies.later(503, retryAfter, reason);
    };
  }

  private HttpReply malformed(Sender sender, Decoded.Malformed malformed) {
    ledger.count(sender, Outcome.MALFORMED, "default", "malformed", 1);
    return ElmahReplies.error(400, malformed.sentence());
  }

  private HttpReply tooLarge(Sender sender, Decoded.TooLarge tooLarge) {
    ledger.count(sender, Outcome.REFUSED, "default", "too large", 1);
    return ElmahReplies.error(413, tooLarge.message());
  }

  private DecodeContext context(HttpCall call, Sender sender) {
    return new DecodeContext(sender.project(), clock.instant(), call.remoteAddress());
  }
}
