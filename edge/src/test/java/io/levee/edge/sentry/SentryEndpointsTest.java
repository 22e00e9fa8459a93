package io.levee.edge.sentry;

import static io.levee.edge.fake.FakeHouse.KEY;
import static io.levee.edge.fake.FakeHouse.OTHER_KEY;
import static io.levee.edge.fake.FakeHouse.READ_KEY;
import static io.levee.edge.fake.FakeHouse.UNKNOWN_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.levee.edge.decode.Decoded;
import io.levee.edge.fake.FakeHouse;
import io.levee.edge.fake.Golden;
import io.levee.edge.net.HttpReply;
import io.levee.engine.run.BackendException;
import io.levee.event.Event;
import io.levee.event.Json;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The Sentry door, from the request to the answer. */
class SentryEndpointsTest {
  private static final String ID = "9ec79c33ec9942ab8353589fcb2e04dc";
  private static final String EVENT =
      "{\"event_id\":\"" + ID + "\"}\n{\"type\":\"event\"}\n{\"message\":\"hello\"}\n";
  private static final String ENVELOPE = "/api/1/envelope/";

  private final FakeHouse house = mounted(new FakeHouse());

  private static FakeHouse mounted(FakeHouse house) {
    SentryDecoder decoder = new SentryDecoder(EnvelopeLimits.DEFAULT, new Random(7));
    new SentryEndpoints(
            house.registry, house.intake, house.ledger, decoder, house.bodies, house.clock)
        .mount(house.routes);
    return house;
  }

  private static String withKey(String path, String key) {
    return path + "?sentry_version=7&sentry_key=" + key;
  }

  private static Map<String, String> authHeader(String key) {
    return Map.of("X-Sentry-Auth", "Sentry sentry_version=7,sentry_client=x/1,sentry_key=" + key);
  }

  static Stream<Golden> requests() {
    return Golden.startingWith("sentry-").stream()
        .filter(golden -> golden.call().path().startsWith("/api/"));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void everyRealRequestIsTaken(Golden golden) {
    HttpReply reply = house.send(golden.call());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(house.events()).hasSameSizeAs(eventsOf(golden));
    assertThat(house.memory.reserved()).isZero();
  }

  private static List<Event> eventsOf(Golden golden) {
    return ((Decoded.Events) SentryGoldenTest.decode(golden)).events();
  }

  @Test
  void answersWithTheIdAndCorsHeaders() {
    HttpReply reply = house.post(withKey(ENVELOPE, KEY), Map.of(), EVENT);

    assertThat(FakeHouse.text(reply)).isEqualTo("{\"id\":\"" + ID + "\"}");
    assertThat(reply.headers())
        .containsEntry("Access-Control-Allow-Origin", "*")
        .containsEntry(
            "Access-Control-Expose-Headers", "X-Sentry-Error, X-Sentry-Rate-Limits, Retry-After");
    assertThat(house.events().getFirst().id()).hasToString(ID);
  }

  @Test
  void takesTheSameEventOnce() {
    house.post(withKey(ENVELOPE, KEY), Map.of(), EVENT);
    HttpReply again = house.post(withKey(ENVELOPE, KEY), Map.of(), EVENT);

    assertThat(again.status()).isEqualTo(200);
    assertThat(house.events()).hasSize(1);
    assertThat(house.ledgerLines()).containsExactly("1 DUPLICATE event  1");
    assertThat(house.ledgerStore.keys()).containsExactly(KEY.substring(0, 8));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/1/envelope",
    "/api/1/envelope/",
    "/api/1/store",
    "/api/1/store/",
    "/api/store/",
    "/api/store"
  })
  void takesTheKeyFromEveryPlace(String path) {
    String body = path.contains("store") ? "{\"message\":\"m\"}" : EVENT;

    assertThat(house.post(withKey(path, KEY), Map.of(), body).status()).isEqualTo(200);
    assertThat(house.post(path, authHeader(KEY), body).status()).isEqualTo(200);
    Map<String, String> authorization = Map.of("Authorization", "Sentry sentry_key=" + KEY);
    assertThat(house.post(path, authorization, body).status()).isEqualTo(200);
    assertThat(house.post(withKey(path, KEY), authHeader(KEY), body).status()).isEqualTo(200);
  }

  @Test
  void takesTheKeyFromTheEnvelopeHeader() {
    String body = "{\"dsn\":\"https://" + KEY + "@levee.example/1\"}\n{\"type\":\"event\"}\n{}";

    assertThat(house.post(ENVELOPE, Map.of(), body).status()).isEqualTo(200);
    assertThat(house.post(withKey(ENVELOPE, KEY), Map.of(), body).status()).isEqualTo(200);
    assertThat(house.post(withKey("/api/2/envelope", OTHER_KEY), Map.of(), body).status())
        .isEqualTo(403);
    assertThat(house.post("/api/2/envelope", Map.of(), body).status()).isEqualTo(403);
    String unknown = body.replace(KEY, UNKNOWN_KEY);
    assertThat(house.post(ENVELOPE, Map.of(), unknown).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/1/envelope, ffffffffffffffffffffffffffffffff, 403, unknown key",
    "/api/1/envelope, 00000000000000000000000000000002, 403, wrong project",
    "/api/1/envelope, 00000000000000000000000000000003, 403, key may not send",
    "/api/1/envelope, nonsense, 401, malformed key",
    "/api/1/store, ffffffffffffffffffffffffffffffff, 403, unknown key",
    "/api/2/store, a1b2c3d4e5f60718293a4b5c6d7e8f90, 403, wrong project",
    "/api/store, ffffffffffffffffffffffffffffffff, 403, unknown key"
  })
  void turnsAwayBeforeTheBodyIsRead(String path, String key, int status, String reason) {
    HttpReply reply =
        house.send(FakeHouse.call("POST", withKey(path, key), Map.of(), FakeHouse.untouchable()));

    assertThat(reply.status()).isEqualTo(status);
    Json.Obj body = FakeHouse.json(reply);
    assertThat(body.text("detail")).isNotBlank();
    assertThat(body.array("causes")).hasSize(1);
    assertThat(reply.headers()).containsKey("X-Sentry-Error");
    assertThat(reply.headers()).containsEntry("Access-Control-Allow-Origin", "*");
    assertThat(house.ledgerLines()).containsExactly("- REFUSED default " + reason + " 1");
  }

  @Test
  void turnsAwayKeysThatDisagree() {
    HttpReply reply =
        house.send(
            FakeHouse.call(
                "POST", withKey(ENVELOPE, KEY), authHeader(READ_KEY), FakeHouse.untouchable()));

    assertThat(reply.status()).isEqualTo(403);
    assertThat(house.ledgerLines()).containsExactly("- REFUSED default several keys 1");
  }

  @Test
  void turnsAwayWithoutAnyKey() {
    assertThat(house.post(ENVELOPE, Map.of(), EVENT).status()).isEqualTo(403);
    assertThat(house.post(ENVELOPE, Map.of(), "nonsense").status()).isEqualTo(403);
    assertThat(house.post("/api/1/store", Map.of(), "{}").status()).isEqualTo(403);
    assertThat(house.ledgerLines()).containsExactly("- REFUSED default no key 3");
    assertThat(house.events()).isEmpty();
  }

  @Test
  void saysWhatIsMalformedAndWhere() {
    HttpReply reply =
        house.post(
            withKey(ENVELOPE, KEY), Map.of(), "{}\n{\"type\":\"event\"}\n{\"message\": oops}\n");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(FakeHouse.text(reply)).contains("item 1, byte ").doesNotContain("oops");
    assertThat(house.events()).isEmpty();
    assertThat(house.ledgerLines()).containsExactly("1 MALFORMED default malformed 1");
  }

  @Test
  void takesAnEnvelopeWholeOrNotAtAll() {
    String body = EVENT + "{\"type\":\"event\"}\n[]\n";

    assertThat(house.post(withKey(ENVELOPE, KEY), Map.of(), body).status()).isEqualTo(400);
    assertThat(house.events()).isEmpty();
  }

  @Test
  void refusesWhatIsTooLarge() {
    String large = "{\"message\":\"" + "x".repeat(1 << 20) + "\"}";

    HttpReply reply =
        house.post(withKey(ENVELOPE, KEY), Map.of(), "{}\n{\"type\":\"event\"}\n" + large);

    assertThat(reply.status()).isEqualTo(413);
    assertThat(house.post(withKey("/api/1/store", KEY), Map.of(), large).status()).isEqualTo(413);
    assertThat(house.ledgerLines()).containsExactly("1 REFUSED default too large 2");
  }

  @Test
  void refusesCodingsItDoesNotKnow() {
    HttpReply reply = house.post(withKey(ENVELOPE, KEY), Map.of("Content-Encoding", "lzma"), EVENT);

    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.headers()).containsEntry("Access-Control-Allow-Origin", "*");
    assertThat(house.ledgerLines()).containsExactly("1 REFUSED default unknown coding 1");
  }

  @Test
  void throttlesBeforeTheBodyIsRead() {
    FakeHouse poor = mounted(new FakeHouse(1));
    poor.post(withKey(ENVELOPE, KEY), Map.of(), EVENT);

    HttpReply reply =
        poor.send(
            FakeHouse.call("POST", withKey(ENVELOPE, KEY), Map.of(), FakeHouse.untouchable()));

    assertThat(reply.status()).isEqualTo(429);
    String seconds = reply.headers().get("Retry-After");
    assertThat(Integer.parseInt(String.valueOf(seconds))).isBetween(55, 76);
    assertThat(reply.headers().get("X-Sentry-Rate-Limits"))
        .startsWith(seconds + ":default;error;transaction;")
        .endsWith(":project:project_events_per_minute")
        .doesNotContain("client_report");
    assertThat(poor.ledgerLines())
        .containsExactly("1 THROTTLED default project events per minute 1");
    assertThat(poor.ledgerStore.keys()).containsExactly(KEY.substring(0, 8));
  }

  @Test
  void takesAnEnvelopeThatPassesALimitWholeAndThenNone() {
    FakeHouse poor = mounted(new FakeHouse(2));
    String logs =
        "{}\n{\"type\":\"log\",\"item_count\":3,\"content_type\":\"application/vnd.sentry.items.log+json\"}\n"
            + "{\"items\":[{\"timestamp\":1,\"level\":\"info\",\"body\":\"a\"},"
            + "{\"timestamp\":2,\"level\":\"info\",\"body\":\"b\"},"
            + "{\"timestamp\":3,\"level\":\"info\",\"body\":\"c\"}]}\n";

    assertThat(poor.post(withKey(ENVELOPE, KEY), Map.of(), logs).status()).isEqualTo(200);
    assertThat(poor.post(withKey(ENVELOPE, KEY), Map.of(), logs).status()).isEqualTo(429);

    assertThat(poor.events()).hasSize(3);
  }

  @Test
  void saysComeBackWhenTheBusIsFullOrAway() {
    house.bus.failWith(new BackendException.OverCapacity("bus", "publish", "full"));
    HttpReply full = house.post(withKey(ENVELOPE, KEY), Map.of(), EVENT);
    house.bus.failWith(new BackendException.Unavailable("bus", "publish", "away", null));
    HttpReply away = house.post(withKey(ENVELOPE, KEY), Map.of(), EVENT);
    house.bus.failWith(null);
    HttpReply well = house.post(withKey(ENVELOPE, KEY), Map.of(), EVENT);

    assertThat(full.status()).isEqualTo(429);
    assertThat(full.headers()).containsKey("X-Sentry-Rate-Limits");
    assertThat(away.status()).isEqualTo(503);
    assertThat(away.headers()).containsEntry("Retry-After", "30");
    assertThat(well.status()).isEqualTo(200);
  }

  @Test
  void saysComeBackWhenTheRegistryIsAway() {
    house.registry.failWith(new BackendException.Unavailable("registry", "key", "away", null));

    assertThat(house.post(withKey(ENVELOPE, KEY), Map.of(), EVENT).status()).isEqualTo(503);
    assertThat(house.ledgerLines()).containsExactly("- REFUSED default backend away 1");
  }

  @Test
  void countsReportsAndWhatIsNotYetSupported() {
    String body =
        "{\"event_id\":\""
            + ID
            + "\"}\n{\"type\":\"client_report\"}\n{\"discarded_events\":[{\"reason\":\"before_send\","
            + "\"category\":\"error\",\"quantity\":3},{\"reason\":\"zork\",\"category\":\"grue\","
            + "\"quantity\":1}]}\n{\"type\":\"session\"}\n{}\n{\"type\":\"zork\"}\nwhatever\n";

    HttpReply reply = house.post(withKey(ENVELOPE, KEY), Map.of(), body);

    assertThat(FakeHouse.text(reply)).isEqualTo("{\"id\":\"" + ID + "\"}");
    assertThat(house.ledgerLines())
        .containsExactly(
            "1 CLIENT_DROPPED error before_send 3",
            "1 CLIENT_DROPPED other other 1",
            "1 REFUSED other unknown item type 1",
            "1 REFUSED session not yet supported 1");
  }

  @Test
  void countsLogsThatAreNone() {
    String body =
        """
        {}
        {"type":"log"}
        {"items":[5,{"body":"b"}]}
        {"type":"log"}
        {"items":7}
        {"type":"log"}
        {"body":"alone"}
        """;

    assertThat(house.post(withKey(ENVELOPE, KEY), Map.of(), body).status()).isEqualTo(200);
    assertThat(house.events()).extracting(Event::title).containsExactly("b", "alone");
    assertThat(house.ledgerLines())
        .containsExactly("1 MALFORMED log items not an array 1", "1 MALFORMED log not an object 1");
  }

  @Test
  void answersAnEmptyEnvelopeWithAnEmptyObject() {
    assertThat(FakeHouse.text(house.post(withKey(ENVELOPE, KEY), Map.of(), "{}"))).isEqualTo("{}");
  }

  @Test
  void letsBrowsersAskFirst() {
    HttpReply reply =
        house.send(
            FakeHouse.call(
                "OPTIONS",
                ENVELOPE,
                Map.of("Origin", "https://shop.example"),
                InputStream.nullInputStream()));

    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.headers().get("Access-Control-Allow-Headers"))
        .contains("X-Sentry-Auth", "Content-Type", "Content-Encoding");
    assertThat(reply.headers()).containsEntry("Access-Control-Allow-Origin", "*");
  }

  @Test
  void turnsAwayAddressesWithoutAProjectNumber() {
    assertThat(house.post(withKey("/api/shop/envelope", KEY), Map.of(), EVENT).status())
        .isEqualTo(400);
  }
}
