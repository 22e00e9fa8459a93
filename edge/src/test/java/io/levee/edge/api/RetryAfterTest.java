package io.levee.edge.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.edge.door.ClosedDoor;
import io.levee.edge.door.DoorLoad;
import io.levee.edge.door.FrontDoor;
import io.levee.edge.elmah.ElmahDecoder;
import io.levee.edge.elmah.ElmahEndpoints;
import io.levee.edge.elmah.QueryReader;
import io.levee.edge.fake.FakeHouse;
import io.levee.edge.fake.FakeIndex;
import io.levee.edge.net.BodyLimits;
import io.levee.edge.net.BodyReader;
import io.levee.edge.net.HttpReply;
import io.levee.edge.net.MemoryLedger;
import io.levee.edge.net.Turnstile;
import io.levee.edge.sentry.EnvelopeLimits;
import io.levee.edge.sentry.SentryDecoder;
import io.levee.edge.sentry.SentryEndpoints;
import io.levee.engine.accept.Verdict;
import io.levee.engine.registry.CachedProjectRegistry;
import io.levee.engine.run.BackendException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever is told to come back is told when: at every door, whatever the reason. */
final class RetryAfterTest {
  private static final Map<String, String> BODIES =
      Map.of(
          "/api/1/envelope/",
          "{}\n{\"type\":\"event\"}\n{\"message\":\"hello\"}\n",
          "/api/1/store/",
          "{\"message\":\"hello\"}",
          "/v3/messages/" + FakeHouse.LOG,
          "{\"title\":\"hello\"}",
          "/v3/messages/" + FakeHouse.LOG + "/_bulk",
          "[{\"title\":\"hello\"}]",
          "/api/v1/events",
          "{\"title\":\"hello\"}");

  private static final Map<String, String> HEADERS =
      Map.of(
          "X-Sentry-Auth",
          "Sentry sentry_version=7, sentry_key=" + FakeHouse.KEY,
          "api_key",
          FakeHouse.KEY,
          "X-Levee-Key",
          FakeHouse.KEY,
          "Host",
          "levee.example");

  /** What stands in the way of an event. */
  enum Trouble {
    NO_MEMORY(503),
    NO_REGISTRY(503),
    DISK_FULL(503),
    QUEUE_FULL(429),
    CANNOT_WRITE(503),
    OVER_BUDGET(429);

    private final int status;

    Trouble(int status) {
      this.status = status;
    }
  }

  private static FakeHouse house(Trouble trouble) {
    FakeHouse house = new FakeHouse(trouble == Trouble.OVER_BUDGET ? 1 : 1_000_000);
    long memory = trouble == Trouble.NO_MEMORY ? 100 : 64L << 20;
    mount(house, new MemoryLedger(memory));
    if (trouble == Trouble.NO_REGISTRY) {
      house.registry.failWith(new BackendException.Unavailable("sql", "read", "locked", null));
    } else if (trouble == Trouble.QUEUE_FULL) {
      house.bus.failWith(new BackendException.OverCapacity("bus", "publish", "full"));
    } else if (trouble == Trouble.CANNOT_WRITE) {
      house.bus.failWith(new BackendException.Unavailable("bus", "publish", "read-only", null));
    } else if (trouble == Trouble.OVER_BUDGET) {
      BODIES.forEach((path, body) -> house.post(path, HEADERS, body));
    }
    return house;
  }

  private static void mount(FakeHouse house, MemoryLedger memory) {
    BodyReader bodies = new BodyReader(BodyLimits.DEFAULT, memory);
    SentryDecoder sentry = new SentryDecoder(EnvelopeLimits.DEFAULT, new Random(7));
    new SentryEndpoints(house.registry, house.intake, house.ledger, sentry, bodies, house.clock)
        .mount(house.routes);
    QueryReader queries = text -> new QueryReader.Wrong("nobody asks here");
    new ElmahEndpoints(
            house.registry,
            house.intake,
            house.ledger,
            new FakeIndex(house::events),
            queries,
            new ElmahDecoder(new Random(7)),
            memory,
            house.clock)
        .mount(house.routes);
    ApiEventDecoder decoder = new ApiEventDecoder(new Random(7));
    ApiKeys keys = new ApiKeys(house.registry);
    house.routes.on(
        "POST",
        "/api/v1/events",
        new IngestEndpoint(keys, bodies, decoder, house.intake, house.ledger, house.clock));
  }

  @ParameterizedTest
  @CsvSource({"NO_MEMORY", "NO_REGISTRY", "DISK_FULL", "QUEUE_FULL", "CANNOT_WRITE", "OVER_BUDGET"})
  void everyDoorSaysWhenToComeBack(Trouble trouble) {
    FakeHouse house = house(trouble);
    Verdict.Unavailable full = new Verdict.Unavailable(Duration.ofSeconds(30), "disk full");
    ClosedDoor door =
        new ClosedDoor(
            List.of(() -> trouble == Trouble.DISK_FULL ? full : null),
            house.registry,
            house.ledger,
            house.routes);

    BODIES.forEach((path, body) -> {
      HttpReply reply = door.handle(FakeHouse.posting(path, HEADERS, body));

      assertThat(reply.status()).as("%s at %s", trouble, path).isEqualTo(trouble.status);
      assertThat(reply.headers().get("Retry-After")).as("%s at %s", trouble, path).matches("\\d+");
    });
  }

  @ParameterizedTest
  @CsvSource({"/api/1/envelope/", "/v3/messages/" + FakeHouse.LOG, "/api/v1/events"})
  void theFrontDoorSaysItToo(String path) {
    FakeHouse house = new FakeHouse();
    DoorLoad load = new DoorLoad(1);
    FrontDoor.Protocols protocols =
        new FrontDoor.Protocols(
            ApiRoutes.refusals(), ElmahEndpoints.refusals(), SentryEndpoints.refusals());
    FrontDoor door =
        new FrontDoor(
            new CachedProjectRegistry(house.registry),
            house.intake,
            house.ledger,
            load,
            protocols,
            house.routes);
    Turnstile.Head head = new Turnstile.Head("POST", path, null, name -> null);
    Turnstile.Way way = door.way(head);
    while (way instanceof Turnstile.In) {
      way = door.way(head);
    }

    assertThat(way)
        .isInstanceOfSatisfying(
            Turnstile.Away.class,
            away -> {
              assertThat(away.reply().status()).isEqualTo(503);
              assertThat(away.reply().header("Retry-After")).isEqualTo("2");
            });
    assertThat(house.ledgerLines()).containsExactly("- REFUSED default overloaded 1");
  }
}
