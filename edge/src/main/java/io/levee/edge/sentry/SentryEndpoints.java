package io.levee.edge.sentry;

import io.levee.edge.decode.Counted;
import io.levee.edge.decode.DecodeContext;
import io.levee.edge.decode.Decoded;
import io.levee.edge.door.Refusals;
import io.levee.edge.net.BodyReader;
import io.levee.edge.net.Endpoint;
import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.edge.net.RequestBody;
import io.levee.edge.net.Routes;
import io.levee.engine.accept.Admission;
import io.levee.engine.accept.Intake;
import io.levee.engine.accept.Verdict;
import io.levee.engine.measure.Ledger;
import io.levee.engine.measure.Outcome;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.engine.registry.Sender;
import io.levee.engine.run.BackendException;
import io.levee.event.EventId;
import io.levee.event.Json;
import io.levee.event.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Sentry door. In order: key, budget, body, decoding, intake; only a key that stands in the
 * envelope itself is looked at after the body. What is turned away is counted in the ledger. An
 * envelope is admitted whole or not at all. Thread-safe.
 */
public final class SentryEndpoints {
  private static final Logger LOG = LoggerFactory.getLogger(SentryEndpoints.class);
  private static final Duration RETRY_REGISTRY = Duration.ofSeconds(30);

  /** The ledger's category of what was turned away before we knew what it was. */
  private static final String UNREAD = "default";

  private final SentryAccess access;
  private final Intake intake;
  private final Ledger ledger;
  private final SentryDecoder decoder;
  private final BodyReader bodies;
  private final Clock clock;

  /**
   * @param registry asked for each request: give a cached one
   * @param clock says when a request came in
   */
  public SentryEndpoints(
      ProjectRegistry registry,
      Intake intake,
      Ledger ledger,
      SentryDecoder decoder,
      BodyReader bodies,
      Clock clock) {
    this.access = new SentryAccess(registry);
    this.intake = intake;
    this.ledger = ledger;
    this.decoder = decoder;
    this.bodies = bodies;
    this.clock = clock;
  }

  /** Adds the door's routes; returns the routes. */
  public Routes mount(Routes routes) {
    Endpoint preflight = call -> SentryReplies.preflight();
    return routes
        .on("POST", "/api/{project}/envelope", guarded(this::envelope))
        .on("OPTIONS", "/api/{project}/envelope", preflight)
        .on("POST", "/api/{project}/store", guarded(this::store))
        .on("OPTIONS", "/api/{project}/store", preflight)
        .on("POST", "/api/store", guarded(this::storeWithoutProject))
        .on("OPTIONS", "/api/store", preflight);
  }

  /** How this door says no to those who are turned away before anything of theirs is read. */
  public static Refusals refusals() {
    return new Refusals() {
      @Override
      public HttpReply throttled(Duration retryAfter, String reason) {
        return SentryReplies.throttled(retryAfter, reason);
      }

      @Override
      public HttpReply unavailable(Duration retryAfter, String reason) {
        return SentryReplies.unavailable(retryAfter, reason);
      }
    };
  }

  /** The one place where a backend's failure becomes an answer. */
  private Endpoint guarded(Endpoint endpoint) {
    return call -> {
      try {
        return endpoint.handle(call);
      } catch (BackendException e) {
        LOG.atError().addKeyValue("door", "sentry").setCause(e).log("cannot decide on a request");
        ledger.count(null, Outcome.REFUSED, UNREAD, "backend away", 1);
        return SentryReplies.unavailable(RETRY_REGISTRY, "backend away");
      }
    };
  }

  private HttpReply envelope(HttpCall call) {
    ProjectId stated = ProjectId.parse(call.pathParameter("project"));
    if (stated == null) {
      return noSuchProject();
    }
    if (SentryAuth.of(call) instanceof SentryAuth.Nothing) {
      return read(call, null, body -> envelopeWithDsn(call, stated, body));
    }
    return admitted(
        call, stated, sender -> read(call, sender, body -> envelope(call, sender, body)));
  }

  private HttpReply store(HttpCall call) {
    ProjectId stated = ProjectId.parse(call.pathParameter("project"));
    return stated == null ? noSuchProject() : store(call, stated);
  }

  private HttpReply storeWithoutProject(HttpCall call) {
    return store(call, null);
  }

  private HttpReply store(HttpCall call, @Nullable ProjectId stated) {
    return admitted(
        call,
        stated,
        sender ->
            read(
                call,
                sender,
                body -> settle(decoder.store(body, context(call, sender)), sender, null)));
  }

  /** Goes on when the key outside of the body is good and its project within its budget. */
  private HttpReply admitted(
      HttpCall call, @Nullable ProjectId stated, Function<Sender, HttpReply> next) {
    return switch (SentryAuth.of(call)) {
      case SentryAuth.Nothing ignored -> denied(SentryAccess.Denied.NO_KEY);
      case SentryAuth.Disagreeing ignored -> denied(SentryAccess.Denied.DISAGREEING);
      case SentryAuth.Key(String key) ->
          switch (access.check(key, stated)) {
            case SentryAccess.Denied denied -> denied(denied);
            case SentryAccess.Granted(Sender sender) -> inBudget(sender, next);
          };
    };
  }

  private HttpReply inBudget(Sender sender, Function<Sender, HttpReply> next) {
    return switch (intake.admit(sender)) {
      case Admission.Turned(Verdict.Throttled throttled) -> throttled(throttled);
      case Admission.Admitted admitted -> {
        try (admitted) {
          yield next.apply(sender);
        }
      }
    };
  }

  private HttpReply read(HttpCall call, @Nullable Sender sender, Function<byte[], HttpReply> next) {
    return switch (bodies.read(call)) {
      case RequestBody.Whole whole -> {
        try (whole) {
          if (sender != null) {
            intake.read(sender, whole.bytes().length);
          }
          yield next.apply(whole.bytes());
        }
      }
      case RequestBody.Unreadable body -> {
        Outcome outcome = body.status() == 400 ? Outcome.MALFORMED : Outcome.REFUSED;
        ledger.count(sender, outcome, UNREAD, body.reason(), 1);
        yield body.on(SentryReplies.error(body.status(), "cannot read the body", body.message()));
      }
    };
  }

  /** The key stands in the envelope's own header, as with a tunnel. */
  private HttpReply envelopeWithDsn(HttpCall call, ProjectId stated, byte[] body) {
    if (!(decoder.frame(body) instanceof Envelope.Parsed(Envelope envelope))) {
      return denied(SentryAccess.Denied.NO_KEY);
    }
    String text = envelope.header().text("dsn");
    if (text == null) {
      return denied(SentryAccess.Denied.NO_KEY);
    }
    Dsn dsn = Dsn.parse(text);
    if (dsn == null) {
      return denied(SentryAccess.Denied.MALFORMED);
    }
    if (!dsn.project().equals(stated)) {
      return denied(SentryAccess.Denied.WRONG_PROJECT);
    }
    return switch (access.check(dsn.key(), stated)) {
      case SentryAccess.Denied denied -> denied(denied);
      case SentryAccess.Granted(Sender granted) ->
          inBudget(
              granted,
              sender -> {
                intake.read(sender, body.length);
                return items(call, sender, body, envelope);
              });
    };
  }

  private HttpReply envelope(HttpCall call, Sender sender, byte[] body) {
    return switch (decoder.frame(body)) {
      case Envelope.Parsed(Envelope envelope) -> {
        boolean agrees = agrees(envelope.header(), call, sender.project());
        yield agrees
            ? items(call, sender, body, envelope)
            : denied(SentryAccess.Denied.DISAGREEING);
      }
      case Envelope.Malformed(String message, String where) ->
          settle(new Decoded.Malformed(message, where), sender, null);
      case Envelope.TooLarge(String message) -> settle(new Decoded.TooLarge(message), sender, null);
    };
  }

  private static boolean agrees(Json.Obj header, HttpCall call, ProjectId project) {
    String text = header.text("dsn");
    if (text == null) {
      return true;
    }
    Dsn dsn = Dsn.parse(text);
    return dsn != null
        && dsn.project().equals(project)
        && new SentryAuth.Key(dsn.key()).equals(SentryAuth.of(call));
  }

  private HttpReply items(HttpCall call, Sender sender, byte[] body, Envelope envelope) {
    String id = envelope.header().text("event_id");
    EventId named = id == null ? null : Source.id(id);
    return settle(decoder.items(body, envelope, context(call, sender)), sender, named);
  }

  private DecodeContext context(HttpCall call, Sender sender) {
    return new DecodeContext(sender.project(), clock.instant(), call.remoteAddress());
  }

  /**
   * Gives what was decoded to the intake, and the intake's word to the client.
   *
   * @param named the id that the answer repeats when there is no event
   */
  private HttpReply settle(Decoded decoded, Sender sender, @Nullable EventId named) {
    return switch (decoded) {
      case Decoded.Events events -> accept(events, sender, named);
      case Decoded.Malformed malformed -> {
        ledger.count(sender, Outcome.MALFORMED, UNREAD, "malformed", 1);
        yield SentryReplies.error(400, "bad envelope or event", malformed.sentence());
      }
      case Decoded.TooLarge(String message) -> {
        ledger.count(sender, Outcome.REFUSED, UNREAD, "too large", 1);
        yield SentryReplies.error(413, "envelope or event too large", message);
      }
    };
  }

  private HttpReply accept(Decoded.Events decoded, Sender sender, @Nullable EventId named) {
    count(decoded, sender, false);
    Verdict verdict =
        decoded.events().isEmpty()
            ? new Verdict.Accepted(List.of(), 0)
            : intake.accept(sender, decoded.events());
    return switch (verdict) {
      case Verdict.Accepted(List<EventId> ids, int ignored) -> {
        count(decoded, sender, true);
        EventId id = named == null && !ids.isEmpty() ? ids.getFirst() : named;
        yield SentryReplies.ok(id == null ? null : id.toString());
      }
      case Verdict.Throttled throttled -> throttled(throttled);
      case Verdict.Unavailable(Duration retryAfter, String reason) ->
          SentryReplies.unavailable(retryAfter, reason);
    };
  }

  /**
   * What we refuse is refused whatever becomes of the events; what a client says it dropped counts
   * only once we say yes, or a retry would count it twice.
   */
  private void count(Decoded.Events decoded, Sender sender, boolean afterYes) {
    for (Counted counted : decoded.counted()) {
      if ((counted.outcome() == Outcome.CLIENT_DROPPED) == afterYes) {
        ledger.count(
            sender, counted.outcome(), counted.category(), counted.reason(), counted.quantity());
      }
    }
  }

  private HttpReply throttled(Verdict.Throttled throttled) {
    return SentryReplies.throttled(throttled.retryAfter(), throttled.reason());
  }

  private HttpReply denied(SentryAccess.Denied denied) {
    ledger.count(null, Outcome.REFUSED, UNREAD, denied.reason(), 1);
    return SentryReplies.error(denied.status(), denied.detail(), denied.cause());
  }

  private HttpReply noSuchProject() {
    ledger.count(null, Outcome.MALFORMED, UNREAD, "bad project", 1);
    return SentryReplies.error(400, "bad project in the address", "expected: its number");
  }
}
