package io.levee.edge.door;

import io.levee.edge.net.Endpoint;
import io.levee.edge.net.HttpReply;
import io.levee.edge.net.ReadyReply;
import io.levee.edge.net.Turnstile;
import io.levee.engine.accept.Intake;
import io.levee.engine.accept.Verdict;
import io.levee.engine.measure.Ledger;
import io.levee.engine.measure.Outcome;
import io.levee.engine.registry.CachedProjectRegistry;
import io.levee.engine.registry.Permission;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.Sender;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Turns away, for pennies, those whose budget is used up and, when more come than the node can deal
 * with, those who flood it; each is counted in the ledger. What can't be decided from memory alone
 * is let in: behind this door everything is asked again, in full. Thread-safe.
 */
public final class FrontDoor implements Turnstile {
  private static final Duration RETRY_OVERLOADED = Duration.ofSeconds(2);
  private static final String OVERLOADED = "overloaded";

  /** The ledger's category of what was turned away before we knew what it was. */
  private static final String UNREAD = "default";

  /** A few reasons, and seconds up to little more than an hour. */
  private static final int READY_MAX = 4_096;

  private final CachedProjectRegistry registry;
  private final Intake intake;
  private final Ledger ledger;
  private final DoorLoad load;
  private final Protocols protocols;
  private final Endpoint open;
  private final In letIn;
  private final ConcurrentHashMap<Answer, Away> ready = new ConcurrentHashMap<>();
  private final AtomicLong throttled = new AtomicLong();

  /** How each protocol says no. */
  public record Protocols(Refusals api, Refusals elmah, Refusals sentry) {}

  private record Answer(Refusals protocol, int status, String reason, long seconds) {}

  /**
   * @param open who answers what is let in
   */
  public FrontDoor(
      CachedProjectRegistry registry,
      Intake intake,
      Ledger ledger,
      DoorLoad load,
      Protocols protocols,
      Endpoint open) {
    this.registry = registry;
    this.intake = intake;
    this.ledger = ledger;
    this.load = load;
    this.protocols = protocols;
    this.open = open;
    this.letIn = new In(open);
  }

  @Override
  public Way way(Head head) {
    Refusals protocol = protocol(head);
    if (protocol == null) {
      return letIn;
    }
    Sender sender = sender(head);
    if (sender != null) {
      Verdict.Throttled over = intake.turnAway(sender);
      if (over != null) {
        throttled.incrementAndGet();
        return away(protocol, 429, over.reason(), over.retryAfter());
      }
    }
    String whose = sender == null ? "" : sender.project().toString();
    if (!load.enter(whose)) {
      ledger.count(sender, Outcome.REFUSED, UNREAD, OVERLOADED, 1);
      return away(protocol, 503, OVERLOADED, RETRY_OVERLOADED);
    }
    return new In(call -> {
      load.begin(whose);
      return open.handle(call);
    });
  }

  /** How many were told that they are over a limit before they had a thread. */
  public long throttled() {
    return throttled.get();
  }

  /** Of what is posted to a protocol's door; under /api/v1 that is one path. */
  private @Nullable Refusals protocol(Head head) {
    if (!head.method().equals("POST")) {
      return null;
    }
    String path = head.path();
    if (path.startsWith("/api/v1/")) {
      return path.startsWith("events", 8) && path.length() <= 15 ? protocols.api() : null;
    }
    if (path.startsWith("/api/")) {
      return protocols.sentry();
    }
    return path.startsWith("/v3/") ? protocols.elmah() : null;
  }

  /** Whose key was named; null when none was, or none that is remembered and may send. */
  private @Nullable Sender sender(Head head) {
    String named = NamedKey.of(head);
    ProjectKey key = named == null ? null : registry.remembered(named);
    return key != null && key.allows(Permission.INGEST) ? key.sender() : null;
  }

  private Away away(Refusals protocol, int status, String reason, Duration retryAfter) {
    Answer answer = new Answer(protocol, status, reason, HttpReply.seconds(retryAfter));
    Away made = ready.get(answer);
    if (made != null) {
      return made;
    }
    if (ready.size() >= READY_MAX) {
      ready.clear();
    }
    Away away = new Away(ReadyReply.of(reply(answer)));
    ready.put(answer, away);
    return away;
  }

  private static HttpReply reply(Answer answer) {
    Duration retryAfter = Duration.ofSeconds(answer.seconds());
    return answer.status() == 429
        ? answer.protocol().throttled(retryAfter, answer.reason())
        : answer.protocol().unavailable(retryAfter, answer.reason());
  }
}
