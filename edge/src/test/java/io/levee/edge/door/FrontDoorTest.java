package io.levee.edge.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.edge.fake.FakeHouse;
import io.levee.edge.net.Endpoint;
import io.levee.edge.net.HttpReply;
import io.levee.edge.net.Turnstile;
import io.levee.engine.accept.Admission;
import io.levee.engine.registry.CachedProjectRegistry;
import io.levee.engine.registry.Sender;
import io.levee.event.ProjectId;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FrontDoorTest {
  private static final int EVENTS_MAX = 3;

  private final FakeHouse house = new FakeHouse(EVENTS_MAX);
  private final CachedProjectRegistry registry = new CachedProjectRegistry(house.registry);
  private final DoorLoad load = new DoorLoad(4);
  private final Endpoint open = call -> HttpReply.text(200, "came in");
  private final FrontDoor door =
      new FrontDoor(
          registry,
          house.intake,
          house.ledger,
          load,
          new FrontDoor.Protocols(named("api"), named("elmah"), named("sentry")),
          open);

  private static Refusals named(String protocol) {
    return new Refusals() {
      @Override
      public HttpReply throttled(Duration retryAfter, String reason) {
        return HttpReply.text(429, reason).with("Protocol", protocol).retryAfter(retryAfter);
      }

      @Override
      public HttpReply unavailable(Duration retryAfter, String reason) {
        return HttpReply.text(503, reason).with("Protocol", protocol).retryAfter(retryAfter);
      }
    };
  }

  private static Turnstile.Head head(
      String method, String path, @Nullable String query, Map<String, String> headers) {
    Map<String, String> lower = new HashMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return new Turnstile.Head(
        method, path, query, name -> lower.get(name.toLowerCase(Locale.ROOT)));
  }

  private static Map<String, String> sentry(String key) {
    return Map.of("X-Sentry-Auth", "Sentry sentry_version=7, sentry_key=" + key);
  }

  private Turnstile.Way post(String path, Map<String, String> headers) {
    return door.way(head("POST", path, null, headers));
  }

  private void letIn(Turnstile.Way way) {
    assertThat(way).isInstanceOf(Turnstile.In.class);
    InputStream body = FakeHouse.untouchable();
    HttpReply reply =
        ((Turnstile.In) way)
            .endpoint()
            .handle(FakeHouse.call("POST", "/api/1/envelope/", Map.of(), body));
    assertThat(reply.status()).isEqualTo(200);
  }

  private static void turnedAway(Turnstile.Way way, int status, String protocol) {
    assertThat(way)
        .isInstanceOfSatisfying(
            Turnstile.Away.class,
            away -> {
              assertThat(away.reply().status()).isEqualTo(status);
              assertThat(away.reply().header("Protocol")).isEqualTo(protocol);
            });
  }

  /** Uses up the budget of project 1 in the usual way, behind the front door. */
  private void useUp() {
    registry.key(FakeHouse.KEY);
    Sender sender = new Sender(new ProjectId(1), FakeHouse.KEY.substring(0, 8));
    for (int i = 0; i < EVENTS_MAX; i++) {
      assertThat(house.intake.admit(sender)).isInstanceOf(Admission.Admitted.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api/1/envelope/, sentry",
    "/v3/messages/1, elmah",
    "/api/v1/events, api",
    "/api/v1/events/, api"
  })
  void oneOverTheBudgetIsTurnedAwayInTheWordsOfTheProtocol(String path, String protocol) {
    useUp();

    turnedAway(post(path, sentry(FakeHouse.KEY)), 429, protocol);
    assertThat(door.throttled()).isEqualTo(1);
    assertThat(house.ledgerLines())
        .containsExactly("1 THROTTLED default project events per minute 1");
  }

  @Test
  void whoIsWithinTheBudgetIsLetInAndChargedNothing() {
    registry.key(FakeHouse.KEY);
    for (int i = 0; i < 2 * EVENTS_MAX; i++) {
      letIn(post("/api/1/envelope/", sentry(FakeHouse.KEY)));
    }

    assertThat(house.ledgerLines()).isEmpty();
  }

  @Test
  void anotherProjectsBudgetDoesNotMatter() {
    useUp();
    registry.key(FakeHouse.OTHER_KEY);

    letIn(post("/api/2/envelope/", sentry(FakeHouse.OTHER_KEY)));
  }

  @ParameterizedTest
  @ValueSource(strings = {FakeHouse.UNKNOWN_KEY, FakeHouse.READ_KEY, "", "x"})
  void whatCannotBeDecidedHereIsLetIn(String key) {
    useUp();
    registry.key(FakeHouse.READ_KEY);

    letIn(post("/api/1/envelope/", sentry(key)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/projects", "/api/v1/eventsource/x", "/p/shop/settings", "/"})
  void otherPathsAreNobodysBusiness(String path) {
    useUp();

    letIn(post(path, sentry(FakeHouse.KEY)));
    letIn(door.way(head("GET", "/api/v1/events", null, sentry(FakeHouse.KEY))));
    letIn(door.way(head("OPTIONS", "/api/1/envelope/", null, Map.of())));
    assertThat(load.waiting()).isZero();
  }

  @Test
  void tooManyWaitingAreTurnedAwayUntilTheyBegin() {
    registry.key(FakeHouse.KEY);
    Turnstile.Way first = post("/api/1/envelope/", sentry(FakeHouse.KEY));
    for (int i = 1; i < load.waitingMax(); i++) {
      post("/api/1/envelope/", sentry(FakeHouse.KEY));
    }

    turnedAway(post("/api/1/envelope/", sentry(FakeHouse.KEY)), 503, "sentry");
    letIn(first);
    letIn(post("/api/1/envelope/", sentry(FakeHouse.KEY)));

    assertThat(load.refusals()).isEqualTo(1);
    assertThat(house.ledgerLines()).containsExactly("1 REFUSED default overloaded 1");
  }

  @Test
  void oneWhoSendsLittleIsLetInBesideOneWhoFloods() {
    registry.key(FakeHouse.KEY);
    registry.key(FakeHouse.OTHER_KEY);
    for (int i = 0; i < load.waitingMax(); i++) {
      post("/api/1/envelope/", sentry(FakeHouse.KEY));
    }

    turnedAway(post("/api/1/envelope/", sentry(FakeHouse.KEY)), 503, "sentry");
    letIn(post("/api/2/envelope/", sentry(FakeHouse.OTHER_KEY)));
  }

  @ParameterizedTest
  @CsvSource({
    "X-Sentry-Auth, 'Sentry sentry_version=7, sentry_key=ABC, x=y', abc",
    "Authorization, Sentry sentry_key=abc, abc",
    "Authorization, Bearer AbC, AbC",
    "api_key, AbC, AbC",
    "X-Levee-Key, ' AbC ', AbC"
  })
  void findsTheKeyInEveryHeader(String header, String value, String key) {
    assertThat(NamedKey.of(head("POST", "/", null, Map.of(header, value)))).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({
    "sentry_version=7&sentry_key=abc&x=y, abc",
    "a=b&api_key=AbC, AbC",
    "key=AbC, AbC",
    "a=b, ",
    "'', "
  })
  void findsTheKeyInTheQuery(String query, @Nullable String key) {
    assertThat(NamedKey.of(head("POST", "/", query, Map.of()))).isEqualTo(key);
  }
}
