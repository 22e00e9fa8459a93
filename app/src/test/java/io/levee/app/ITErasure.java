package io.levee.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.levee.event.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is deleted is gone: no byte of it is anywhere in the data folder, and all else is there. */
final class ITErasure {
  private static final String MARK = "Zq7wanderingheron";
  private static final String FRAMES =
      "[{\"function\":\"charge\",\"module\":\"shop.Cart\",\"file\":\"Cart.java\",\"line\":7},"
          + "{\"function\":\"pay\",\"module\":\"shop.Till\",\"file\":\"Till.java\",\"line\":9},"
          + "{\"function\":\"run\",\"module\":\"shop.Main\",\"file\":\"Main.java\",\"line\":3}]";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  private final HttpClient http = HttpClient.newHttpClient();

  /** An error of somebody; the marked user's has the mark wherever an event can hold something. */
  private static String error(String user, String type) {
    String text = user.startsWith(MARK) ? " of " + MARK : "";
    return "{\"kind\":\"error\",\"level\":\"error\",\"title\":\""
        + type
        + ": failed"
        + text
        + "\",\"message\":\"failed"
        + text
        + "\",\"user\":{\"email\":\""
        + user
        + "\"},\"tags\":{\"who\":\""
        + user
        + "\"},\"extra\":{\"basket\":\"basket"
        + text
        + "\"},\"breadcrumbs\":[{\"message\":\"went"
        + text
        + "\"}],\"exceptions\":[{\"type\":\""
        + type
        + "\",\"value\":\"failed"
        + text
        + "\",\"frames\":"
        + FRAMES
        + "}]}";
  }

  private static String marked() {
    return MARK + "@example.com";
  }

  private String ask(String method, String url, String key, String body, int expected) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + key)
            .timeout(PATIENCE)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
      return answer.body();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /**
   * Marked errors, alone and together with others', and others' that have nothing to do with it.
   */
  private void fill(String url, String key) {
    for (int i = 0; i < 6; i++) {
      for (String event :
          List.of(
              error(marked(), "SharedError"),
              error("anna" + i + "@example.com", "SharedError"),
              error(marked(), "LonelyError"),
              error("bert" + i + "@example.com", "OtherError"),
              "{\"kind\":\"log\",\"title\":\"hello "
                  + MARK
                  + "\",\"user\":{\"id\":\""
                  + marked()
                  + "\"}}",
              "{\"kind\":\"log\",\"title\":\"hello nobody\"}")) {
        String ignored = ask("POST", url + "/api/v1/events", key, event, 200);
      }
    }
    String ignored = verified(url, key); // Which has both stores flush.
  }

  private String verified(String url, String key) {
    String answer = ask("POST", url + "/api/v1/verify", key, "", 200);
    assertThat(answer).contains("\"agree\":true");
    return answer;
  }

  private static void awaitDone(RunningTestLevee levee, int erasures) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          List<Json> all = levee.json("/api/v1/erasures").array("erasures");
          assertThat(all).hasSize(erasures);
          assertThat(all)
              .allSatisfy(one ->
                  assertThat(((Json.Obj) one).text("state")).as(one.toString()).isEqualTo("done"));
        });
  }

  private static Json.Obj issue(RunningTestLevee levee, String type) {
    return levee.json("/api/v1/issues?query=" + type).array("issues").stream()
        .map(Json.Obj.class::cast)
        .filter(one -> type.equals(one.text("type")))
        .findFirst()
        .orElse(Json.Obj.EMPTY);
  }

  private static void assertOthersAreThere(RunningTestLevee levee) {
    assertThat(levee.count("type:SharedError")).isEqualTo(6);
    assertThat(levee.count("type:OtherError")).isEqualTo(6);
    assertThat(levee.count("hello nobody")).isEqualTo(6);
    assertThat(issue(levee, "SharedError").text("events")).isEqualTo("6");
    assertThat(issue(levee, "SharedError").text("users")).isEqualTo("6");
    assertThat(issue(levee, "SharedError").text("title")).isEqualTo("SharedError: failed");
    assertThat(issue(levee, "OtherError").text("events")).isEqualTo("6");
    assertThat(issue(levee, "LonelyError").text("id")).isNull();
  }

  @Test
  void noByteOfAUserIsLeftAndEverythingElseIs() throws IOException {
    try (RunningTestLevee levee = new RunningTestLevee(folder)) {
      String key = levee.commandKey();
      fill(levee.url(), key);
      assertThat(new DataBytes(folder).holding(MARK))
          .as("the search finds it where it is, before anything is deleted")
          .anyMatch(place -> place.startsWith("bus/"))
          .anyMatch(place -> place.startsWith("archive/"))
          .anyMatch(place -> place.startsWith("index/"))
          .anyMatch(place -> place.startsWith("levee.db"));

      String ignored =
          ask(
              "POST",
              levee.url() + "/api/v1/erasures",
              key,
              "{\"user\":\"" + marked().toUpperCase(java.util.Locale.ROOT) + "\"}",
              202);
      awaitDone(levee, 1);

      assertThat(new DataBytes(folder).holding(MARK)).isEmpty();
      assertThat(levee.count(MARK)).isZero();
      assertOthersAreThere(levee);
      assertThat(verified(levee.url(), key)).contains("\"events\":18");
      String rebuilt = ask("POST", levee.url() + "/api/v1/rebuild/index", key, "", 200);
      assertThat(rebuilt).contains("\"done\":true").contains("\"events\":18");
      assertThat(levee.count(MARK)).isZero();
      assertOthersAreThere(levee);
      String id = issue(levee, "SharedError").text("id");
      assertThat(levee.json("/api/v1/issues/" + id + "/activity").array("activity").toString())
          .contains("6 events of one user");

      String again =
          ask("POST", levee.url() + "/api/v1/events", key, error(marked(), "LaterError"), 200);
      await().atMost(PATIENCE).until(() -> levee.count("type:LaterError") == 1);
      assertThat(again).as("what comes later is a new matter").isNotEmpty();
    }
  }

  @Test
  void noByteOfAnIssueIsLeftAndItBeginsAnew() throws IOException {
    try (RunningTestLevee levee = new RunningTestLevee(folder)) {
      String key = levee.commandKey();
      fill(levee.url(), key);
      String lonely = String.valueOf(issue(levee, "LonelyError").text("id"));
      String path = levee.url() + "/api/v1/issues/" + lonely;
      String ignored =
          ask("POST", path + "/comments", key, "{\"text\":\"" + MARK + " called\"}", 201);

      ignored = ask("DELETE", path, key, "", 202);
      awaitDone(levee, 1);
      ignored = ask("GET", path, key, "", 404);
      ignored = ask("DELETE", path, key, "", 404);
      ignored =
          ask(
              "POST",
              levee.url() + "/api/v1/events",
              key,
              error("new@example.com", "LonelyError"),
              200);

      await().atMost(PATIENCE).until(() -> "1".equals(issue(levee, "LonelyError").text("events")));
      assertThat(issue(levee, "LonelyError").text("id")).isNotEqualTo(lonely);
      assertThat(issue(levee, "SharedError").text("events")).isEqualTo("12");
      assertThat(verified(levee.url(), key)).contains("\"events\":31");
      assertThat(new DataBytes(folder).holding("called")).isEmpty();
      assertThat(new DataBytes(folder).holding("LonelyError: failed of")).isEmpty();
    }
  }

  @Test
  void goesOnAfterBeingKilled() throws IOException {
    try (KillableLevee levee = KillableLevee.start(folder, "--sampling-errors-per-minute", "0")) {
      fill(levee.url(), levee.commandKey());
      String ignored =
          ask(
              "POST",
              levee.url() + "/api/v1/erasures",
              levee.commandKey(),
              "{\"user\":\"" + marked() + "\"}",
              202);
      levee.kill();
    }
    try (KillableLevee levee = KillableLevee.start(folder)) {
      LockSupport.parkNanos(Duration.ofMillis(new SecureRandom().nextInt(1_500)).toNanos());
      levee.kill(); // Somewhere in the middle, another place each time.
    }

    try (RunningTestLevee levee = new RunningTestLevee(folder)) {
      awaitDone(levee, 1);
      assertOthersAreThere(levee);
      assertThat(verified(levee.url(), levee.commandKey())).contains("\"events\":18");
    }
    assertThat(new DataBytes(folder).holding(MARK)).as("after a stop, too").isEmpty();
  }
}
