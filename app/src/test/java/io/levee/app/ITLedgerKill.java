package io.levee.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.levee.event.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a Levee under a mixed load, again and again: whatever a client was told stands in the
 * ledger, and nothing but what was under way besides.
 */
final class ITLedgerKill {
  private static final int ROUNDS = Integer.getInteger("levee.ledger.kills", 3);
  private static final int SENDERS = 4;
  private static final Duration READY_MAX = Duration.ofSeconds(60);

  @TempDir private Path data;

  private final Map<String, AtomicLong> heard = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> unanswered = new ConcurrentHashMap<>();
  private final AtomicLong sequence = new AtomicLong();
  private volatile boolean killed;

  @Test
  void whatAClientHeardIsInTheLedgerAfterEveryKill() throws IOException, InterruptedException {
    String key;
    try (RunningTestLevee levee = new RunningTestLevee(data)) {
      key = levee.sendKey();
      assertThat(
              levee
                  .post(
                      "/api/v1/projects/1/limits", levee.commandKey(), "{\"requests_at_once\": 2}")
                  .statusCode())
          .isEqualTo(200);
    }
    for (int round = 0; round < ROUNDS; round++) {
      loadAndKill(key, 1_500 + 400L * round);
      try (RunningTestLevee levee = new RunningTestLevee(data)) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertLedger(levee));
      }
    }
    assertThat(heard).containsKeys("accepted", "throttled", "malformed", "duplicate");
  }

  private void assertLedger(RunningTestLevee levee) {
    Json.Obj totals = levee.json("/api/v1/ledger?from=-1h").object("totals");
    long sum = 0;
    for (String outcome : List.of("accepted", "throttled", "malformed", "duplicate", "refused")) {
      long counted = Long.parseLong(String.valueOf(totals.text(outcome)));
      long told = heard.getOrDefault(outcome, new AtomicLong()).get();
      // Nobody knows what became of a request that the kill interrupted.
      long open = unanswered.values().stream().mapToLong(AtomicLong::get).sum();
      assertThat(counted).as(outcome).isBetween(told, told + open);
      sum += counted;
    }
    assertThat(totals.text("received")).isEqualTo(Long.toString(sum));
  }

  private void loadAndKill(String key, long millis) throws IOException, InterruptedException {
    Files.deleteIfExists(data.resolve("address"));
    Process process =
        new ProcessBuilder(
                LeveeCommand.of(data, "--port", "0", "--sampling-errors-per-minute", "0"))
            .redirectErrorStream(true)
            .redirectOutput(data.resolveSibling("levee.log").toFile())
            .start();
    try {
      await().atMost(READY_MAX).until(() -> answers(process));
      String url = Files.readString(data.resolve("address")).strip();
      killed = false;
      List<Thread> senders = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        senders.add(Thread.ofVirtual().start(() -> send(url, key)));
      }
      process.waitFor(millis, TimeUnit.MILLISECONDS);
      process.toHandle().destroyForcibly();
      process.waitFor();
      killed = true;
      for (Thread sender : senders) {
        sender.join();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private boolean answers(Process process) throws InterruptedException {
    assertThat(process.isAlive()).as("the process lives").isTrue();
    Path address = data.resolve("address");
    try (HttpClient http = HttpClient.newHttpClient()) {
      if (!Files.exists(address)) {
        return false;
      }
      URI ready = URI.create(Files.readString(address).strip() + "/ready");
      HttpRequest request = HttpRequest.newBuilder(ready).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException | IllegalArgumentException e) {
      return false; // Not listening yet, or its address is half written.
    }
  }

  /** Good ones, bad ones and known ones in turn, one at a time, until the server is gone. */
  private void send(String url, String key) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!killed) {
        long number = sequence.getAndIncrement();
        String body =
            switch ((int) (number % 3)) {
              case 0 -> "{\"title\": oops";
              case 1 -> "{\"title\":\"t\",\"id\":\"%032x\"}".formatted(number);
              default -> "{\"title\":\"t\",\"id\":\"%032x\"}".formatted(0xabcdL);
            };
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(url + "/api/v1/events"))
                .header("Authorization", "Bearer " + key)
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
          HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
          count(heard, outcome(answer));
        } catch (IOException e) {
          count(unanswered, "unanswered"); // The server was killed.
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void count(Map<String, AtomicLong> counts, String name) {
    counts.computeIfAbsent(name, ignored -> new AtomicLong()).incrementAndGet();
  }

  private static String outcome(HttpResponse<String> answer) {
    return switch (answer.statusCode()) {
      case 200 -> answer.body().contains("\"duplicates\":1") ? "duplicate" : "accepted";
      case 400 -> "malformed";
      case 429 -> "throttled";
      default -> "refused";
    };
  }
}
