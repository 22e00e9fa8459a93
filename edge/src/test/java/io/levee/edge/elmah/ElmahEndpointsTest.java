package io.levee.edge.elmah;

import static io.levee.edge.fake.FakeHouse.KEY;
import static io.levee.edge.fake.FakeHouse.LOG;
import static io.levee.edge.fake.FakeHouse.OTHER_LOG;
import static io.levee.edge.fake.FakeHouse.READ_KEY;
import static io.levee.edge.fake.FakeHouse.UNKNOWN_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.levee.edge.fake.FakeHouse;
import io.levee.edge.fake.FakeIndex;
import io.levee.edge.fake.Golden;
import io.levee.edge.net.HttpReply;
import io.levee.engine.query.Query;
import io.levee.engine.run.BackendException;
import io.levee.event.Event;
import io.levee.event.Json;
import io.levee.event.Level;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The elmah.io door, from the request to the answer. */
class ElmahEndpointsTest {
  private static final String MESSAGES = "/v3/messages/" + LOG;

  private final FakeHouse house = mounted(new FakeHouse());

  private static FakeHouse mounted(FakeHouse house) {
    QueryReader queries =
        text ->
            text.startsWith("(")
                ? new QueryReader.Wrong("a bracket is not closed at 0")
                : new QueryReader.Understood(new Query.Term(null, text));
    new ElmahEndpoints(
            house.registry,
            house.intake,
            house.ledger,
            new FakeIndex(house::events),
            queries,
            new ElmahDecoder(new Random(7)),
            house.memory,
            house.clock)
        .mount(house.routes);
    return house;
  }

  private static Map<String, String> key(String key) {
    return Map.of("api_key", key, "Host", "levee.example:7575");
  }

  private HttpReply create(String body) {
    return house.post(MESSAGES, key(KEY), body);
  }

  static Stream<Golden> messages() {
    return Golden.startingWith("elmah-io-").stream();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyRealMessageIsTaken(Golden golden) {
    HttpReply reply = house.send(golden.call());

    assertThat(reply.status()).isEqualTo(201);
    assertThat(house.events()).hasSize(1);
  }

  @Test
  void answersWithTheLocation() {
    HttpReply reply = create("{\"title\":\"hello\"}");

    Event event = house.events().getFirst();
    String location = "http://levee.example:7575" + MESSAGES + "/" + event.id();
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.headers())
        .containsEntry("Location", location)
        .containsEntry("Access-Control-Allow-Origin", "*");
    assertThat(FakeHouse.json(reply).text("location")).isEqualTo(location);
    assertThat(event.level()).isEqualTo(Level.INFO);
    assertThat(event.time()).isEqualTo(FakeHouse.NOW);
  }

  @Test
  void takesTheKeyFromTheQueryAndTheLogByNumber() {
    HttpReply reply = house.post("/v3/messages/1/?api_key=" + KEY, Map.of(), "{\"title\":\"x\"}");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.headers().get("Location")).startsWith("/v3/messages/1/");
  }

  @ParameterizedTest
  @CsvSource({
    "7b9e3c4a-1d2f-4e5a-8b6c-9d0e1f2a3b4c, ffffffffffffffffffffffffffffffff, 401",
    "7b9e3c4a-1d2f-4e5a-8b6c-9d0e1f2a3b4c, '', 401",
    "7b9e3c4a-1d2f-4e5a-8b6c-9d0e1f2a3b4c, 00000000000000000000000000000003, 401",
    "7b9e3c4a-1d2f-4e5a-8b6c-000000000002, a1b2c3d4e5f60718293a4b5c6d7e8f90, 404",
    "7b9e3c4a-1d2f-4e5a-8b6c-000000000009, a1b2c3d4e5f60718293a4b5c6d7e8f90, 404",
    "zork, a1b2c3d4e5f60718293a4b5c6d7e8f90, 404"
  })
  void turnsAwayBeforeTheBodyIsRead(String log, String key, int status) {
    HttpReply reply =
        house.send(
            FakeHouse.call("POST", "/v3/messages/" + log, key(key), FakeHouse.untouchable()));

    assertThat(reply.status()).isEqualTo(status);
    assertThat(FakeHouse.json(reply).text("detail")).isNotBlank();
    assertThat(reply.headers()).containsEntry("Access-Control-Allow-Origin", "*");
    assertThat(house.ledgerLines()).hasSize(1);
  }

  @Test
  void refusesMessagesThatAreMalformedOrTooLarge() {
    assertThat(create("{\"title\":").status()).isEqualTo(400);
    assertThat(create("[1]").status()).isEqualTo(400);
    assertThat(create("{\"title\":\"" + "x".repeat(256 << 10) + "\"}").status()).isEqualTo(413);
    assertThat(house.events()).isEmpty();
    assertThat(house.ledgerLines()).hasSize(2).anyMatch(line -> line.startsWith("1 MALFORMED"));
  }

  @Test
  void throttles() {
    FakeHouse poor = mounted(new FakeHouse(1));
    poor.post(MESSAGES, key(KEY), "{}");

    HttpReply reply = poor.post(MESSAGES, key(KEY), "{}");

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.headers()).containsKey("Retry-After");
  }

  @Test
  void answersABulkMessageByMessage() {
    String large = "{\"title\":\"" + "x".repeat(256 << 10) + "\"}";

    HttpReply reply =
        house.post(
            MESSAGES + "/_bulk",
            key(KEY),
            "[{\"title\":\"one\"},17," + large + ",{\"title\":\"two\"}]");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(FakeHouse.text(reply))
        .containsPattern("\"statusCode\":201.*\"statusCode\":400.*\"statusCode\":413.*201");
    assertThat(house.events()).extracting(Event::title).containsExactly("one", "two");
    String last = house.events().getLast().id().toString();
    assertThat(FakeHouse.text(reply)).endsWith(last + "\"}]");
  }

  @Test
  void refusesABulkThatIsNoArray() {
    assertThat(house.post(MESSAGES + "/_bulk", key(KEY), "{}").status()).isEqualTo(400);
    assertThat(house.post(MESSAGES + "/_bulk", key(KEY), "[").status()).isEqualTo(400);
    String many = "[" + "{},".repeat(ElmahDecoder.BULK_MESSAGES_MAX) + "{}]";
    assertThat(house.post(MESSAGES + "/_bulk", key(KEY), many).status()).isEqualTo(413);
  }

  private void createNumbered(int messages) {
    for (int i = 0; i < messages; i++) {
      create(
          "{\"title\":\"m%d\",\"dateTime\":\"2026-11-21T10:00:%02dZ\",\"cookies\":[{\"key\":\"a\",\"value\":\"b\"}]}"
              .formatted(i, i));
    }
  }

  private Json.Obj list(String query) {
    HttpReply reply = house.get(MESSAGES + query, key(READ_KEY));
    assertThat(reply.status()).isEqualTo(200);
    return FakeHouse.json(reply);
  }

  private static List<String> titles(Json.Obj list) {
    return list.array("messages").stream()
        .map(message -> String.valueOf(((Json.Obj) message).text("title")))
        .toList();
  }

  @Test
  void listsTheNewestFirst() {
    createNumbered(20);

    Json.Obj first = list("");

    assertThat(titles(first)).hasSize(15).startsWith("m19", "m18");
    assertThat(first.text("total")).isEqualTo("20");
    assertThat(first.text("searchAfter")).isEqualTo("15");
    assertThat(titles(list("?searchAfter=15"))).containsExactly("m4", "m3", "m2", "m1", "m0");
    assertThat(titles(list("?pageIndex=2&pageSize=3"))).containsExactly("m13", "m12", "m11");
    assertThat(titles(list("?pageIndex=9"))).isEmpty();
  }

  @Test
  void findsByQueryAndTime() {
    createNumbered(20);

    assertThat(titles(list("?query=m7"))).containsExactly("m7");
    assertThat(titles(list("?from=2026-11-21T10:00:04Z&to=2026-11-21T10:00:07Z")))
        .containsExactly("m6", "m5");
  }

  @Test
  void tellsHeadersOnlyWhenAsked() {
    createNumbered(1);

    Json.Obj bare = (Json.Obj) list("").array("messages").getFirst();
    Json.Obj whole = (Json.Obj) list("?includeHeaders=true").array("messages").getFirst();

    assertThat(bare.get("cookies")).isNull();
    assertThat(whole.array("cookies")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "pageSize=101",
    "pageSize=0",
    "pageIndex=-1",
    "pageIndex=1000&pageSize=100",
    "from=yesterday",
    "query=(",
    "searchAfter=zork"
  })
  void refusesBadParameters(String query) {
    assertThat(house.get(MESSAGES + "?" + query, key(READ_KEY)).status()).isEqualTo(400);
  }

  @Test
  void givesOneMessageToThoseWhoMayRead() {
    create("{\"title\":\"hello\",\"application\":\"shop\"}");
    String id = house.events().getFirst().id().toString();

    HttpReply reply = house.get(MESSAGES + "/" + id, key(READ_KEY));

    assertThat(FakeHouse.json(reply).text("application")).isEqualTo("shop");
    assertThat(FakeHouse.json(reply).text("id")).isEqualTo(id);
    assertThat(house.get(MESSAGES + "/" + id, key(KEY)).status()).isEqualTo(401);
    assertThat(house.get(MESSAGES + "/" + "0".repeat(32), key(READ_KEY)).status()).isEqualTo(404);
    assertThat(house.get(MESSAGES + "/zork", key(READ_KEY)).status()).isEqualTo(404);
    assertThat(house.get("/v3/messages/" + OTHER_LOG, key(READ_KEY)).status()).isEqualTo(404);
    assertThat(house.get(MESSAGES, key(UNKNOWN_KEY)).status()).isEqualTo(401);
  }

  @Test
  void saysComeBackWhenABackendIsAway() {
    house.bus.failWith(new BackendException.Unavailable("bus", "publish", "away", null));
    assertThat(create("{}").status()).isEqualTo(503);
    house.registry.failWith(new BackendException.Unavailable("registry", "key", "away", null));
    assertThat(create("{}").status()).isEqualTo(503);
  }

  @Test
  void letsBrowsersAskFirst() {
    HttpReply reply = house.send(Golden.of("elmah-io-javascript-error-1-preflight").call());

    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.headers().get("Access-Control-Allow-Headers")).contains("Content-Type");
    assertThat(reply.headers().get("Access-Control-Allow-Methods")).contains("POST");
  }
}
