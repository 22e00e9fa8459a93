package io.levee.edge.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.edge.fake.FakeHouse;
import io.levee.edge.net.HttpReply;
import io.levee.engine.accept.Verdict;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClosedDoorTest {
  private static final Verdict.Unavailable FULL =
      new Verdict.Unavailable(Duration.ofSeconds(30), "disk full");

  private final FakeHouse house = new FakeHouse();
  private final AtomicReference<Verdict.@Nullable Unavailable> closed = new AtomicReference<>();
  private final ClosedDoor door =
      new ClosedDoor(
          List.of(() -> null, closed::get),
          house.registry,
          house.ledger,
          call -> HttpReply.text(200, "came in"));

  private HttpReply send(String method, String target, Map<String, String> headers) {
    InputStream body = FakeHouse.untouchable();
    return door.handle(FakeHouse.call(method, target, headers, body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/1/envelope/",
        "/API/1/store/",
        "/api/store/",
        "/v3/messages/7b9e3c4a-1d2f-4e5a-8b6c-9d0e1f2a3b4c",
        "/v3/messages/7b9e3c4a-1d2f-4e5a-8b6c-9d0e1f2a3b4c/_bulk",
        "/api/v1/events"
      })
  void turnsAwayWhatBringsSomethingBeforeItsBodyIsRead(String path) {
    closed.set(FULL);

    HttpReply reply = send("POST", path, Map.of());

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers())
        .containsEntry("Retry-After", "30")
        .containsEntry("Access-Control-Allow-Origin", "*");
    assertThat(FakeHouse.json(reply).text("detail")).contains("disk full");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/v1/verify", "/api/v1/dead-letters/7/replay", "/pipeline/issue/discard"})
  void administeringGoesOn(String path) {
    closed.set(FULL);

    assertThat(send("POST", path, Map.of()).status()).isEqualTo(200);
    assertThat(send("GET", "/api/v1/events", Map.of()).status()).isEqualTo(200);
    assertThat(send("OPTIONS", "/api/1/envelope/", Map.of()).status()).isEqualTo(200);
  }

  @Test
  void isOpenAgainWhenTheGuardSaysSo() {
    closed.set(FULL);
    assertThat(send("POST", "/api/v1/events", Map.of()).status()).isEqualTo(503);

    closed.set(null);
    assertThat(send("POST", "/api/v1/events", Map.of()).status()).isEqualTo(200);
  }

  @Test
  void sentryClientsAreToldForHowLong() {
    closed.set(FULL);

    HttpReply reply = send("POST", "/api/1/envelope/", Map.of());

    assertThat(reply.headers())
        .containsEntry(
            "X-Sentry-Rate-Limits", "30:default;error;transaction;log_item:organization:disk_full");
  }

  @Test
  void countsRefusalsForTheProjectWhoseKeyWasNamed() {
    closed.set(FULL);

    send("POST", "/api/1/envelope/", Map.of("X-Sentry-Auth", "Sentry sentry_key=" + FakeHouse.KEY));
    send("POST", "/api/v1/events", Map.of("Authorization", "Bearer " + FakeHouse.KEY));
    send("POST", "/v3/messages/x?api_key=" + FakeHouse.OTHER_KEY, Map.of());
    send("POST", "/api/1/envelope/", Map.of());

    assertThat(house.ledgerLines())
        .anySatisfy(line -> assertThat(line).contains("disk full").contains("2"))
        .hasSize(3);
  }
}
