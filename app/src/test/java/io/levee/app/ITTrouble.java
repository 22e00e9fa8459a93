package io.levee.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.levee.engine.bus.DeadLetter;
import io.levee.engine.bus.Delivery;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.Fingerprint;
import io.levee.event.Json;
import io.levee.event.ProjectId;
import io.levee.sql.SqlDatabase;
import io.levee.sql.SqlDeadLetters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A whole Levee with a store in trouble, a full disk, and events that were set aside. */
@Isolated // It compares times.
final class ITTrouble {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long NO_DISK_HAS_THAT = 1L << 60;
  private static final int BATCH = 100;
  private static final int ARRIVALS_PER_SECOND = 500;

  @TempDir private Path data;

  private static String events(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i ->
            "{\"id\":\"%032x\",\"title\":\"event %d\",\"message\":\"order failed\"}"
                .formatted(i, i))
        .collect(Collectors.joining("\n"));
  }

  private static void send(RunningTestLevee levee, int from, int to)
      throws IOException, InterruptedException {
    for (int i = from; i < to; i += BATCH) {
      assertThat(
              levee
                  .post("/api/v1/events", levee.sendKey(), events(i, Math.min(to, i + BATCH)))
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void anIndexWhoseDiskFailedHealsByItselfAndCatchesUp() throws IOException, InterruptedException {
    try (RunningTestLevee levee = new RunningTestLevee(data)) {
      send(levee, 0, 200);
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(levee.count("")).isEqualTo(200));

      Files.move(data.resolve("index"), data.resolve("away"));
      send(levee, 200, 5_000);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            levee.get("/api/v1/events/count"); // Somebody asks, so the index writes.
            assertThat(levee.get("/ready").statusCode()).isEqualTo(503);
            assertThat(levee.get("/ready").body()).contains("index");
            assertThat(levee.get("/pipeline").body()).contains("Needs attention");
          });
      send(levee, 5_000, 10_000);

      Files.move(data.resolve("away"), data.resolve("index"));
      int sent = catchUp(levee, 10_000);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(levee.get("/ready").statusCode()).isEqualTo(200));
      assertThat(levee.post("/api/v1/verify", levee.commandKey(), "").body())
          .contains("\"agree\":true")
          .contains("\"events\":" + sent + ",");
    }
  }

  /** Goes on sending until the index is less than a second behind; how many there are then. */
  private static int catchUp(RunningTestLevee levee, int from)
      throws IOException, InterruptedException {
    await().atMost(PATIENCE).until(() -> levee.count("") > 200); // It has tried the disk again.
    long behind = from - levee.count("");
    long begun = System.nanoTime();
    int sent = from;
    while (levee.count("") < sent - ARRIVALS_PER_SECOND) {
      assertThat(System.nanoTime() - begun).isLessThan(PATIENCE.toNanos());
      send(levee, sent, sent + BATCH);
      sent += BATCH;
      Thread.sleep(BATCH * 1_000 / ARRIVALS_PER_SECOND);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    double arrived = (sent - from) / seconds;
    double caughtUp = (behind + sent - from - ARRIVALS_PER_SECOND) / seconds;
    System.out.println("arrived " + arrived + "/s, caught up " + caughtUp + "/s");
    assertThat(caughtUp).as("arrived " + arrived + "/s").isGreaterThan(2 * arrived);
    return sent;
  }

  @Test
  void atTheDiskFloorTheDoorRefusesAndSearchGoesOn() throws IOException, InterruptedException {
    try (RunningTestLevee levee = new RunningTestLevee(data)) {
      send(levee, 0, 10);
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(levee.count("")).isEqualTo(10));
    }
    Config full = Config.on(data).withDiskFloorBytes(NO_DISK_HAS_THAT);
    try (RunningTestLevee levee = new RunningTestLevee(full)) {
      HttpResponse<String> refused = levee.post("/api/v1/events", levee.sendKey(), events(10, 11));
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).contains("30");
      assertThat(refused.headers().firstValue("X-Sentry-Rate-Limits")).isPresent();
      assertThat(refused.body()).contains("disk full");

      assertThat(levee.count("")).isEqualTo(10);
      assertThat(levee.get("/ready").body()).contains("nearly full");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(levee.get("/api/v1/ledger").body()).contains("disk full"));
    }
    try (RunningTestLevee levee = new RunningTestLevee(data)) {
      send(levee, 10, 11);
      assertThat(levee.get("/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void deadLettersAreShownReplayedOnceAndDiscarded() throws IOException, InterruptedException {
    try (RunningTestLevee levee = new RunningTestLevee(data)) {
      send(levee, 0, 10);
      setAside(levee, 1);
      setAside(levee, 2);

      Json.Obj list = levee.json("/api/v1/dead-letters?group=issue");
      assertThat(list.array("letters")).hasSize(2);
      String id = String.valueOf(((Json.Obj) list.array("letters").getLast()).text("id"));
      assertThat(levee.get("/api/v1/dead-letters/" + id).body())
          .contains("set aside 1")
          .contains("B.java:7")
          .contains("the cause");
      assertThat(cli("list")).isZero();
      assertThat(cli("show", id)).isZero();
      assertThat(levee.get("/pipeline/issue/" + id).body()).contains("B.java:7");

      String path = "/api/v1/dead-letters/" + id + "/replay";
      assertThat(levee.post(path, levee.commandKey(), "").body()).contains("\"replayed\":1");
      assertThat(levee.post(path, levee.commandKey(), "").statusCode()).isEqualTo(404);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(levee.json("/api/v1/issues?query=aside").text("total")).isEqualTo("1"));

      assertThat(levee.post(path, levee.sendKey(), "").statusCode()).isEqualTo(403);
      assertThat(cli("discard", "--group", "issue")).isZero();
      assertThat(levee.json("/api/v1/dead-letters?group=issue").array("letters")).isEmpty();
      assertThat(cli("replay", id)).isEqualTo(Main.EXIT_FAILURE);
      assertThat(delete(levee, "/api/v1/dead-letters/" + id)).isEqualTo(404);
    }
  }

  private int cli(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "dead-letters";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--data";
    all[arguments.length + 2] = data.toString();
    return Main.run(all);
  }

  private static int delete(RunningTestLevee levee, String path)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(levee.url() + path))
              .header("Authorization", "Bearer " + levee.commandKey())
              .DELETE()
              .build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
  }

  /** Writes a letter as the loop would; it lies where the bus has not been yet. */
  private void setAside(RunningTestLevee levee, int number) throws IOException {
    Files.writeString(data.resolve("address"), levee.url());
    Event event =
        Event.builder(new EventId(9, number), new ProjectId(1))
            .title("set aside " + number)
            .time(Instant.now())
            .received(Instant.now())
            .fingerprint(new Fingerprint(1, 77, number))
            .build();
    try (SqlDatabase database = SqlDatabase.sqlite(data.resolve("levee.db"), 1)) {
      database.start();
      new SqlDeadLetters(database)
          .add(
              "issue",
              new Delivery(0, 1_000_000L + number, EventRecord.of(event)),
              new DeadLetter.Failure(5, "the cause", "at a.B.c(B.java:7)", Instant.now()));
    }
  }
}
