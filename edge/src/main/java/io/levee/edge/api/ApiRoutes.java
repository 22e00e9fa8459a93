package io.levee.edge.api;

import io.levee.edge.door.Refusals;
import io.levee.edge.net.BodyReader;
import io.levee.edge.net.Endpoint;
import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.edge.net.Routes;
import io.levee.engine.accept.Intake;
import io.levee.engine.archive.EventArchive;
import io.levee.engine.ask.Asker;
import io.levee.engine.grouping.MergeStore;
import io.levee.engine.index.EventIndex;
import io.levee.engine.issue.IssueStore;
import io.levee.engine.measure.Ledger;
import io.levee.engine.measure.LedgerStore;
import io.levee.engine.pipeline.DeadLetterOffice;
import io.levee.engine.pipeline.PipelineView;
import io.levee.engine.pipeline.StoreUpkeep;
import io.levee.engine.query.Query;
import io.levee.engine.query.QueryParser;
import io.levee.engine.question.QuestionStore;
import io.levee.engine.registry.Permission;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.BackendException;
import io.levee.engine.sampling.SpikeWatch;
import io.levee.engine.sampling.Thresholds;
import io.levee.engine.tail.LiveTail;
import io.levee.engine.work.WorkStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** Everything under {@code /api/v1}. */
public final class ApiRoutes {
  private static final String DOCUMENT = "openapi.json";

  private final ApiKeys keys;
  private final Clock clock;
  private final IngestEndpoint ingest;
  private final EventsEndpoints events;
  private final IssuesEndpoint issues;
  private final LedgerEndpoint ledger;
  private final QueryEndpoint query;
  private final QuestionEndpoints questions;
  private final TailEndpoint tail;
  private final UpkeepEndpoints upkeep;
  private final SamplingEndpoints sampling;
  private final DeadLetterEndpoints letters;
  private final PipelineEndpoint pipeline;
  private final byte[] document;

  public ApiRoutes(Doors doors, Stores stores, SamplingPorts sampling) {
    this.keys = new ApiKeys(doors.registry());
    this.clock = doors.clock();
    ApiEventDecoder decoder = new ApiEventDecoder(doors.random());
    this.ingest =
        new IngestEndpoint(keys, doors.bodies(), decoder, doors.intake(), doors.ledger(), clock);
    this.events = new EventsEndpoints(stores.index(), stores.archive());
    this.issues =
        new IssuesEndpoint(stores.issues(), stores.merges(), stores.work(), stores.index());
    this.ledger = new LedgerEndpoint(stores.ledger());
    this.query = new QueryEndpoint(stores.asker(), stores.questions(), System::nanoTime);
    this.questions = new QuestionEndpoints(stores.questions(), doors.bodies());
    this.tail = new TailEndpoint(stores.tail());
    this.upkeep = new UpkeepEndpoints(stores.upkeep());
    this.sampling = new SamplingEndpoints(sampling.thresholds(), sampling.spikes());
    this.letters = new DeadLetterEndpoints(stores.letters());
    this.pipeline = new PipelineEndpoint(stores.pipeline());
    this.document = document();
  }

  /** What taking events in needs. */
  public record Doors(
      ProjectRegistry registry,
      BodyReader bodies,
      Intake intake,
      Ledger ledger,
      Clock clock,
      RandomGenerator random) {}

  /** What answering questions needs. */
  public record Stores(
      EventIndex index,
      EventArchive archive,
      IssueStore issues,
      MergeStore merges,
      WorkStore work,
      LedgerStore ledger,
      LiveTail tail,
      StoreUpkeep upkeep,
      DeadLetterOffice letters,
      PipelineView pipeline,
      Asker asker,
      QuestionStore questions) {}

  /** What burst sampling goes by. */
  public record SamplingPorts(Thresholds thresholds, SpikeWatch spikes) {}

  /** How the door for events says no to those who are turned away before anything is read. */
  public static Refusals refusals() {
    return ApiReplies.refusals();
  }

  /** Adds the routes. */
  public Routes mount(Routes routes) {
    return routes
        .on("POST", "/api/v1/events", ingest)
        .on("GET", "/api/v1/events", reading(true, Permission.READ, events::search))
        .on("GET", "/api/v1/events/count", reading(true, Permission.READ, events::count))
        .on("GET", "/api/v1/events/{id}", reading(false, Permission.READ, events::one))
        .on("GET", "/api/v1/histogram", reading(true, Permission.READ, events::histogram))
        .on("GET", "/api/v1/query", reading(false, Permission.READ, query::answer))
        .on("GET", "/api/v1/questions", reading(false, Permission.READ, questions::list))
        .on("POST", "/api/v1/questions", reading(false, Permission.ADMIN, questions::save))
        .on("GET", "/api/v1/questions/{id}", reading(false, Permission.READ, questions::one))
        .on("PUT", "/api/v1/questions/{id}", reading(false, Permission.ADMIN, questions::rename))
        .on("DELETE", "/api/v1/questions/{id}", reading(false, Permission.ADMIN, questions::delete))
        .on("GET", "/api/v1/issues", reading(false, Permission.READ, issues::list))
        .on("GET", "/api/v1/issues/{id}", reading(false, Permission.READ, issues::one))
        .on("GET", "/api/v1/ledger", reading(false, Permission.READ, ledger::read))
        .on("GET", "/api/v1/sampling", reading(false, Permission.READ, sampling::read))
        .on("PUT", "/api/v1/sampling", reading(false, Permission.ADMIN, sampling::change))
        .on("GET", "/api/v1/tail", reading(true, Permission.READ, tail::watch))
        .on("POST", "/api/v1/verify", reading(false, Permission.ADMIN, upkeep::verify))
        .on("POST", "/api/v1/rebuild/{store}", reading(false, Permission.ADMIN, upkeep::rebuild))
        .on("GET", "/api/v1/pipeline", administering(pipeline::read))
        .on("GET", "/api/v1/dead-letters", administering(letters::list))
        .on("DELETE", "/api/v1/dead-letters", administering(letters::discardAll))
        .on("POST", "/api/v1/dead-letters/replay", administering(letters::replayAll))
        .on("GET", "/api/v1/dead-letters/{id}", administering(letters::one))
        .on("DELETE", "/api/v1/dead-letters/{id}", administering(letters::discard))
        .on("POST", "/api/v1/dead-letters/{id}/replay", administering(letters::replay))
        .on("GET", "/api/v1/openapi.json", call -> HttpReply.of(200, "application/json", document));
  }

  private interface Reader {
    HttpReply read(HttpCall call, ReadContext context);
  }

  private Endpoint administering(Reader reader) {
    return reading(false, Permission.ADMIN, reader);
  }

  private Endpoint reading(boolean queried, Permission permission, Reader reader) {
    return call ->
        switch (keys.access(call, permission)) {
          case ApiKeys.Denied(HttpReply reply, String ignored) -> reply;
          case ApiKeys.Granted(var key) -> {
            ApiParameters parameters = new ApiParameters(call, clock.instant());
            String text = queried ? parameters.text("query") : "";
            yield switch (QueryParser.parse(text)) {
              case QueryParser.SyntaxError error -> syntaxError(error);
              case QueryParser.Parsed parsed -> read(reader, call, key, parsed.query(), parameters);
            };
          }
        };
  }

  private static HttpReply read(
      Reader reader, HttpCall call, ProjectKey key, Query query, ApiParameters parameters) {
    try {
      return reader.read(
          call, new ReadContext(key, ProjectScope.of(key.project()), query, parameters));
    } catch (ApiParameters.Wrong | IllegalArgumentException e) {
      return ApiReplies.error(400, String.valueOf(e.getMessage()));
    } catch (BackendException e) {
      return ApiReplies.error(503, String.valueOf(e.getMessage())).with("Retry-After", "5");
    }
  }

  private static HttpReply syntaxError(QueryParser.SyntaxError error) {
    String hint = error.suggestion() == null ? "" : " (did you mean " + error.suggestion() + "?)";
    return ApiReplies.error(
        400, "query: " + error.message() + " at position " + error.position() + hint);
  }

  private static byte[] document() {
    try (InputStream in = ApiRoutes.class.getResourceAsStream(DOCUMENT)) {
      if (in == null) {
        throw new IllegalStateException(DOCUMENT + " is missing from the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
