package io.levee.edge.elmah;

import io.levee.edge.door.Refusals;
import io.levee.edge.net.Endpoint;
import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.edge.net.MemoryLedger;
import io.levee.edge.net.Routes;
import io.levee.engine.accept.Intake;
import io.levee.engine.index.EventIndex;
import io.levee.engine.measure.Ledger;
import io.levee.engine.measure.Outcome;
import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.engine.registry.Sender;
import io.levee.engine.run.BackendException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The elmah.io v3 door: messages in, one or many; lists and single messages out. Thread-safe. */
public final class ElmahEndpoints {
  private static final Logger LOG = LoggerFactory.getLogger(ElmahEndpoints.class);
  private static final Duration RETRY_BACKEND = Duration.ofSeconds(30);

  private final ElmahAccess access;
  private final Ledger ledger;
  private final ElmahMessages messages;
  private final ElmahSearch search;

  /**
   * @param registry asked for each request: give a cached one
   * @param memory of the bodies that are being read
   * @param clock says when a request came in
   */
  public ElmahEndpoints(
      ProjectRegistry registry,
      Intake intake,
      Ledger ledger,
      EventIndex index,
      QueryReader queries,
      ElmahDecoder decoder,
      MemoryLedger memory,
      Clock clock) {
    this.access = new ElmahAccess(registry);
    this.ledger = ledger;
    this.messages = new ElmahMessages(intake, ledger, decoder, memory, clock);
    this.search = new ElmahSearch(index, queries, clock);
  }

  /** Adds the door's routes; returns the routes. */
  public Routes mount(Routes routes) {
    Endpoint preflight = call -> ElmahReplies.preflight();
    return routes
        .on("POST", "/v3/messages/{log}", sending(messages::create))
        .on("POST", "/v3/messages/{log}/_bulk", sending(messages::bulk))
        .on("GET", "/v3/messages/{log}", reading(search::list))
        .on("GET", "/v3/messages/{log}/{id}", reading(search::one))
        .on("OPTIONS", "/v3/messages/{log}", preflight)
        .on("OPTIONS", "/v3/messages/{log}/{id}", preflight);
  }

  /** How this door says no to those who are turned away before anything of theirs is read. */
  public static Refusals refusals() {
    return new Refusals() {
      @Override
      public HttpReply throttled(Duration retryAfter, String reason) {
        return ElmahReplies.later(429, retryAfter, reason);
      }

      @Override
      public HttpReply unavailable(Duration retryAfter, String reason) {
        return ElmahReplies.later(503, retryAfter, reason);
      }
    };
  }

  private Endpoint sending(BiFunction<HttpCall, Sender, HttpReply> next) {
    return guarded(
        true,
        call ->
            switch (access.check(call, Permission.INGEST)) {
              case ElmahAccess.Granted(_, Sender sender) -> next.apply(call, sender);
              case ElmahAccess.Denied(int status, String detail, String reason) -> {
                ledger.count(null, Outcome.REFUSED, "default", reason, 1);
                yield ElmahReplies.error(status, detail);
              }
            });
  }

  private Endpoint reading(BiFunction<HttpCall, Project, HttpReply> next) {
    return guarded(
        false,
        call ->
            switch (access.check(call, Permission.READ)) {
              case ElmahAccess.Granted(Project project, _) -> next.apply(call, project);
              case ElmahAccess.Denied(int status, String detail, String ignored) ->
                  ElmahReplies.error(status, detail);
            });
  }

  /** The one place where a backend's failure becomes an answer. */
  private Endpoint guarded(boolean counted, Endpoint endpoint) {
    return call -> {
      try {
        return endpoint.handle(call);
      } catch (BackendException e) {
        LOG.atError().addKeyValue("door", "elmah").setCause(e).log("cannot answer a request");
        if (counted) {
          ledger.count(null, Outcome.REFUSED, "default", "backend away", 1);
        }
        return ElmahReplies.later(503, RETRY_BACKEND, "backend away");
      }
    };
  }
}
