package io.levee.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A flood of errors of 3 fingerprints and 5,000 users against a whole Levee: every one is counted,
 * few are stored; also when it is killed in between and the clients send again what was not
 * answered. {@code -Dlevee.sampling.events=100000 -Dlevee.sampling.kills=10} makes it a larger one.
 */
@Order(1) // The longest: begun last, it would run alone.
final class ITSampling {
  /** Each of the three comes with every user. */
  private static final int EVENTS = Integer.getInteger("levee.sampling.events", 30_000);

  private static final int USERS = 5_000;
  private static final int BATCH = 50;
  private static final int SENDERS = 8;
  private static final int KILLS = Integer.getInteger("levee.sampling.kills", 2);

  /** Of a start or a window: the threshold and the new values of three fingerprints, and some. */
  private static final int STORED_MAX = 1_200;

  private static final Duration SETTLED_MAX = Duration.ofMinutes(1);

  @TempDir private Path folder;

  private final JsonText parser = new JsonText(JsonLimits.DEFAULT);
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicReference<@Nullable KillableLevee> running = new AtomicReference<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger duplicates = new AtomicInteger();

  private static String event(int number) {
    String what = number % 3 == 0 ? "Payment" : number % 3 == 1 ? "Basket" : "Login";
    return ("{\"id\":\"%032x\",\"title\":\"%s failed\",\"message\":\"%s failed\",\"user\":{\"id\":\"u%d\"},"
            + "\"environment\":\"%s\",\"tags\":{\"region\":\"eu\"}}")
        .formatted(
            number + 1, what, what, number % USERS, number % 7 == 0 ? "staging" : "production");
  }

  private static String batch(int from) {
    return IntStream.range(from, Math.min(EVENTS, from + BATCH))
        .mapToObj(ITSampling::event)
        .collect(Collectors.joining("\n"));
  }

  /** Sends a batch until it is answered with 200. */
  private void sendUntilTaken(int from) {
    String body = batch(from);
    while (true) {
      KillableLevee levee = running.get();
      try {
        if (levee != null) {
          HttpResponse<String> answer = call(levee, "POST", "/api/v1/events", body);
          if (answer.statusCode() == 200) {
            Json.Obj said = object(answer.body());
            accepted.addAndGet(number(said, "accepted"));
            duplicates.addAndGet(number(said, "duplicates"));
            return;
          }
        }
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (IOException e) {
        // It was killed before it answered: the same again, as soon as it is back.
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private HttpResponse<String> call(KillableLevee levee, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(levee.url() + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + levee.commandKey())
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private Json.Obj object(String text) {
    return (Json.Obj) ((JsonText.Value) parser.parse(text.getBytes(StandardCharsets.UTF_8))).json();
  }

  private Json.Obj get(String path) {
    try {
      HttpResponse<String> answer = call(levee(), "GET", path, "");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return object(answer.body());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private KillableLevee levee() {
    return Objects.requireNonNull(running.get());
  }

  private static int number(Json.Obj object, String name) {
    return Integer.parseInt(String.valueOf(object.text(name)));
  }

  private ExecutorService flood() {
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    for (int from = 0; from < EVENTS; from += BATCH) {
      int first = from;
      senders.execute(() -> sendUntilTaken(first));
    }
    senders.shutdown();
    return senders;
  }

  private Path data() throws IOException {
    return Files.createDirectories(folder.resolve("data"));
  }

  @Test
  void everyOneIsCountedAndFewAreStored() throws Exception {
    try (KillableLevee levee = KillableLevee.start(data())) {
      running.set(levee);
      try (ExecutorService senders = flood()) {
        assertThat(senders.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
      }

      assertThat(accepted).hasValue(EVENTS);
      assertCounted(2 * STORED_MAX); // A window may end meanwhile.
      assertEquation(0);
      assertThat(call(levee, "POST", "/api/v1/verify", "").body()).contains("\"agree\":true");
    }
  }

  @Test
  void aShutdownLeavesNothingUncounted() throws Exception {
    try (KillableLevee levee = KillableLevee.start(data())) {
      running.set(levee);
      for (int from = 0; from < 2_000; from += BATCH) {
        sendUntilTaken(from);
      }
      levee.stop();
    }
    try (KillableLevee levee = KillableLevee.start(data())) {
      running.set(levee);
      await()
          .atMost(SETTLED_MAX)
          .untilAsserted(
              () -> assertThat(number(get("/api/v1/events/count"), "events")).isEqualTo(2_000));
    }
  }

  @Test
  void aProjectCanHaveEveryOneKeptWhole() throws Exception {
    try (KillableLevee levee = KillableLevee.start(data(), "--sampling-errors-per-minute", "10")) {
      running.set(levee);
      assertThat(get("/api/v1/sampling").text("errors_per_minute")).isEqualTo("10");

      String path = "/api/v1/sampling?errors_per_minute=";
      assertThat(call(levee, "PUT", path + "many", "").statusCode()).isEqualTo(400);
      assertThat(call(levee, "PUT", path + "0", "").body())
          .contains("\"errors_per_minute\":0", "\"own\":true", "\"spike\":null");
      for (int from = 0; from < 500; from += BATCH) {
        sendUntilTaken(from);
      }
      await()
          .atMost(SETTLED_MAX)
          .untilAsserted(
              () -> assertThat(number(get("/api/v1/events/count"), "stored")).isEqualTo(500));

      assertThat(call(levee, "PUT", path + "default", "").body()).contains("\"own\":false");
      // More new users than are kept for being new.
      for (int from = 500; from < 3_500; from += BATCH) {
        sendUntilTaken(from);
      }
      await()
          .atMost(SETTLED_MAX)
          .untilAsserted(() -> {
            assertThat(number(get("/api/v1/events/count"), "events")).isEqualTo(3_500);
            assertThat(ledger("sampled_out")).isGreaterThan(2_000);
          });
    }
  }

  @Test
  void killedAtAnyMomentItCountsEveryOneOnce() throws Exception {
    long seed = System.nanoTime();
    System.out.println("ITSampling seed: " + seed);
    Random random = new Random(seed);
    Path data = data();
    running.set(KillableLevee.start(data));
    try (ExecutorService senders = flood()) {
      for (int kill = 0; kill < KILLS; kill++) {
        int before = accepted.get() + duplicates.get();
        int more = 500 + random.nextInt(EVENTS / (2 * KILLS));
        await()
            .atMost(SETTLED_MAX)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> accepted.get() + duplicates.get() >= Math.min(before + more, EVENTS));
        KillableLevee victim = running.getAndSet(null);
        if (victim != null) {
          victim.kill();
        }
        running.set(KillableLevee.start(data));
      }
      assertThat(senders.awaitTermination(5, TimeUnit.MINUTES)).isTrue();

      assertThat(accepted.get() + duplicates.get()).isEqualTo(EVENTS);
      assertCounted((KILLS + 2) * STORED_MAX);
      assertEquation(duplicates.get());
      assertThat(call(levee(), "POST", "/api/v1/verify", "").body()).contains("\"agree\":true");
    } finally {
      KillableLevee last = running.get();
      if (last != null) {
        last.close();
      }
    }
  }

  /** Weights add up everywhere, and users within 2 %. */
  private void assertCounted(int storedMax) {
    await()
        .atMost(SETTLED_MAX)
        .untilAsserted(
            () -> assertThat(number(get("/api/v1/events/count"), "events")).isEqualTo(EVENTS));
    Json.Obj count = get("/api/v1/events/count");
    System.out.println("ITSampling: stored " + count.text("stored") + " of " + EVENTS);
    assertThat(number(count, "stored")).isLessThan(storedMax);
    assertThat(number(get("/api/v1/histogram?from=-1h&bucket=1h"), "events")).isEqualTo(EVENTS);
    assertThat(number(get("/api/v1/events/count?query=environment:staging"), "events"))
        .isEqualTo(Math.ceilDiv(EVENTS, 7));
    await()
        .atMost(SETTLED_MAX)
        .untilAsserted(() ->
            assertThat(issues().stream().mapToInt(issue -> number(issue, "events")).sum())
                .isEqualTo(EVENTS));
    assertThat(issues()).hasSize(3);
    for (Json.Obj issue : issues()) {
      assertThat(number(issue, "users")).isCloseTo(USERS, within(USERS * 2 / 100));
      Json.Obj one = get("/api/v1/issues/" + issue.text("id"));
      assertThat(number(one, "count")).isEqualTo(number(issue, "events"));
      assertThat(number(one, "stored")).isLessThan(storedMax);
    }
  }

  private List<Json.Obj> issues() {
    return get("/api/v1/issues").array("issues").stream().map(Json.Obj.class::cast).toList();
  }

  /**
   * accepted + sampled out = what was sent; what is accepted is what is stored.
   *
   * @param duplicatesMax how many duplicates were answered; a kill may forget some of these counts
   */
  private void assertEquation(int duplicatesMax) {
    await()
        .atMost(SETTLED_MAX)
        .untilAsserted(
            () -> assertThat(ledger("accepted") + ledger("sampled_out")).isEqualTo(EVENTS));
    assertThat(ledger("accepted")).isEqualTo(number(get("/api/v1/events/count"), "stored"));
    assertThat(ledger("duplicate")).isLessThanOrEqualTo(duplicatesMax);
  }

  private int ledger(String outcome) {
    return get("/api/v1/ledger").array("lines").stream()
        .map(Json.Obj.class::cast)
        .filter(line -> outcome.equals(line.text("outcome")))
        .mapToInt(line -> number(line, "quantity"))
        .sum();
  }
}
