package io.levee.edge.door;

import io.levee.edge.net.Endpoint;
import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.accept.DoorGuard;
import io.levee.engine.accept.Verdict;
import io.levee.engine.measure.Ledger;
import io.levee.engine.measure.Outcome;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.engine.registry.Sender;
import io.levee.engine.run.BackendException;
import io.levee.event.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns away what would bring something while a {@link DoorGuard} keeps the door closed: with 503
 * and Retry-After, in words that the clients of every protocol understand, before anything of the
 * body is read. Reading, deleting and administering go on. Each refusal is counted in the ledger of
 * the project whose key was named. Thread-safe.
 */
public final class ClosedDoor implements Endpoint {
  /** Everything that becomes an event; as the Sentry door says it. */
  private static final String SENTRY_CATEGORIES = "default;error;transaction;log_item";

  private static final Pattern SENTRY_KEY = Pattern.compile("sentry_key=([0-9A-Za-z]{1,64})");
  private static final Pattern BEARER = Pattern.compile("(?i)bearer ([0-9A-Za-z_-]{1,128})");

  private final List<DoorGuard> guards;
  private final ProjectRegistry registry;
  private final Ledger ledger;
  private final Endpoint open;

  /**
   * @param guards any of them may close the door
   * @param registry asked for each refusal: give a cached one
   * @param open who answers while the door is open
   */
  public ClosedDoor(
      List<DoorGuard> guards, ProjectRegistry registry, Ledger ledger, Endpoint open) {
    this.guards = List.copyOf(guards);
    this.registry = registry;
    this.ledger = ledger;
    this.open = open;
  }

  @Override
  public HttpReply handle(HttpCall call) {
    if (!bringsSomething(call)) {
      return open.handle(call);
    }
    for (DoorGuard guard : guards) {
      Verdict.Unavailable refusal = guard.refusal();
      if (refusal != null) {
        ledger.count(sender(call), Outcome.REFUSED, "default", refusal.reason(), 1);
        return refused(refusal);
      }
    }
    return open.handle(call);
  }

  /** What is posted to a protocol's door; under /api/v1 that is one path. */
  private static boolean bringsSomething(HttpCall call) {
    if (!call.method().equals("POST")) {
      return false;
    }
    String path = call.path().toLowerCase(Locale.ROOT);
    return path.startsWith("/api/v1/")
        ? path.equals("/api/v1/events") || path.equals("/api/v1/events/")
        : path.startsWith("/api/") || path.startsWith("/v3/");
  }

  private static HttpReply refused(Verdict.Unavailable refusal) {
    String seconds = Long.toString(Math.max(1, refusal.retryAfter().toSeconds()));
    String detail = "nothing is taken in now: " + refusal.reason();
    Map<String, Json> body = new LinkedHashMap<>();
    body.put("status", Json.number(503L));
    body.put("title", Json.text("Service Unavailable"));
    body.put("detail", Json.text(detail));
    String limits =
        seconds + ":" + SENTRY_CATEGORIES + ":organization:" + refusal.reason().replace(' ', '_');
    return HttpReply.json(503, Json.object(body))
        .with("Retry-After", seconds)
        .with("X-Sentry-Rate-Limits", limits)
        .with("X-Sentry-Error", detail)
        .with("Access-Control-Allow-Origin", "*")
        .with("Access-Control-Expose-Headers", "X-Sentry-Error, X-Sentry-Rate-Limits, Retry-After")
        .with("Cross-Origin-Resource-Policy", "cross-origin");
  }

  /** Whose key was named, in any of the ways of the protocols; null when none of ours was. */
  private @Nullable Sender sender(HttpCall call) {
    String key = named(call);
    if (key == null) {
      return null;
    }
    try {
      return registry.key(key).map(ProjectKey::sender).orElse(null);
    } catch (BackendException e) {
      return null; // The refusal matters more than whose it is.
    }
  }

  private static @Nullable String named(HttpCall call) {
    String[] places = {
      call.query("sentry_key"),
      found(SENTRY_KEY, call.header("X-Sentry-Auth")),
      found(SENTRY_KEY, call.header("Authorization")),
      found(BEARER, call.header("Authorization")),
      call.header("X-Levee-Key"),
      call.header("api_key"),
      call.query("api_key"),
      call.query("key")
    };
    for (String place : places) {
      if (place != null) {
        return place;
      }
    }
    return null;
  }

  private static @Nullable String found(Pattern pattern, @Nullable String text) {
    if (text == null) {
      return null;
    }
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : null;
  }
}
