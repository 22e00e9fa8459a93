package io.levee.edge.api;

import io.levee.edge.decode.DecodeContext;
import io.levee.edge.decode.Decoded;
import io.levee.edge.net.BodyReader;
import io.levee.edge.net.Endpoint;
import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.edge.net.RequestBody;
import io.levee.engine.accept.Admission;
import io.levee.engine.accept.Intake;
import io.levee.engine.accept.Verdict;
import io.levee.engine.measure.Ledger;
import io.levee.engine.measure.Outcome;
import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Sender;
import io.levee.engine.run.BackendException;
import io.levee.event.EventId;
import io.levee.event.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /api/v1/events}. */
final class IngestEndpoint implements Endpoint {
  private static final Logger LOG = LoggerFactory.getLogger(IngestEndpoint.class);
  private static final String CATEGORY = "event";
  private static final Duration RETRY_BACKEND = Duration.ofSeconds(30);

  private final ApiKeys keys;
  private final BodyReader bodies;
  private final ApiEventDecoder decoder;
  private final Intake intake;
  private final Ledger ledger;
  private final Clock clock;

  IngestEndpoint(
      ApiKeys keys,
      BodyReader bodies,
      ApiEventDecoder decoder,
      Intake intake,
      Ledger ledger,
      Clock clock) {
    this.keys = keys;
    this.bodies = bodies;
    this.decoder = decoder;
    this.intake = intake;
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public HttpReply handle(HttpCall call) {
    try {
      return granted(call);
    } catch (BackendException e) {
      LOG.atError().addKeyValue("door", "api").setCause(e).log("cannot decide on a request");
      ledger.count(null, Outcome.REFUSED, CATEGORY, "backend away", 1);
      return ApiReplies.refused(new Verdict.Unavailable(RETRY_BACKEND, "backend away"));
    }
  }

  private HttpReply granted(HttpCall call) {
    return switch (keys.access(call, Permission.INGEST)) {
      case ApiKeys.Denied(HttpReply reply, String reason) -> {
        ledger.count(null, Outcome.REFUSED, CATEGORY, reason, 1);
        yield reply;
      }
      case ApiKeys.Granted(var key) -> inBudget(call, key.sender());
    };
  }

  private HttpReply inBudget(HttpCall call, Sender sender) {
    return switch (intake.admit(sender)) {
      case Admission.Turned(Verdict.Throttled throttled) -> ApiReplies.refused(throttled);
      case Admission.Admitted admitted -> {
        try (admitted) {
          yield admitted(call, sender);
        }
      }
    };
  }

  private HttpReply admitted(HttpCall call, Sender sender) {
    return switch (bodies.read(call)) {
      case RequestBody.Unreadable body -> {
        boolean ours = body.status() == 413 || body.status() == 503;
        Outcome outcome = ours ? Outcome.REFUSED : Outcome.MALFORMED;
        ledger.count(sender, outcome, CATEGORY, body.reason(), 1);
        yield body.on(ApiReplies.error(body.status(), body.message()));
      }
      case RequestBody.Whole body -> {
        try (body) {
          intake.read(sender, body.bytes().length);
          yield decoded(call, sender, body.bytes());
        }
      }
    };
  }

  private HttpReply decoded(HttpCall call, Sender sender, byte[] bytes) {
    DecodeContext context =
        new DecodeContext(sender.project(), clock.instant(), call.remoteAddress());
    return switch (decoder.decode(bytes, context)) {
      case Decoded.Malformed malformed -> {
        ledger.count(sender, Outcome.MALFORMED, CATEGORY, "malformed", 1);
        yield ApiReplies.error(400, malformed.sentence());
      }
      case Decoded.TooLarge(String message) -> {
        ledger.count(sender, Outcome.REFUSED, CATEGORY, "too large", 1);
        yield ApiReplies.error(413, message);
      }
      case Decoded.Events events ->
          switch (intake.accept(sender, events.events())) {
            case Verdict.Accepted(List<EventId> ids, int duplicates) -> accepted(ids, duplicates);
            case Verdict.Throttled refused -> ApiReplies.refused(refused);
            case Verdict.Unavailable refused -> ApiReplies.refused(refused);
          };
    };
  }

  private static HttpReply accepted(List<EventId> ids, int duplicates) {
    Json list = Json.array(ids.stream().map(id -> Json.text(id.toString())).toList());
    return HttpReply.json(
        200,
        ApiReplies.object(
            "accepted", ids.size() - duplicates, "duplicates", duplicates, "ids", list));
  }
}
