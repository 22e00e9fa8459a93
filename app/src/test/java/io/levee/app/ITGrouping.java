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
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules, explanations, merging, taking apart and regrouping, through a whole Levee's doors. */
final class ITGrouping {
  private static final Duration VISIBLE_MAX = Duration.ofSeconds(60);

  @TempDir private Path data;

  private static String error(int number, String function) {
    return """
    {"id":"%032x","title":"E: boom","platform":"java","exceptions":[{"type":"E","value":"boom",\
    "frames":[{"function":"%s","module":"com.shop.Cart","in_app":true},\
    {"function":"run","module":"org.lib.Server","in_app":false}]}]}\
    """
        .formatted(number, function);
  }

  private static String send(RunningTestLevee levee, String... errors) throws Exception {
    String body = String.join("\n", errors);
    HttpResponse<String> answer = levee.post("/api/v1/events", levee.sendKey(), body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static List<Json.Obj> issues(RunningTestLevee levee) {
    return levee.json("/api/v1/issues?sort=first_seen").array("issues").stream()
        .map(Json.Obj.class::cast)
        .toList();
  }

  private static void awaitIssues(RunningTestLevee levee, String... events) {
    await()
        .atMost(VISIBLE_MAX)
        .untilAsserted(() ->
            assertThat(issues(levee).stream().map(i -> i.text("events")).toList())
                .containsExactlyInAnyOrder(events));
  }

  private static String firstPrint(Json.Obj part) {
    return String.valueOf(part.array("fingerprints").getFirst().scalarText()).substring(2);
  }

  private static String printOf(RunningTestLevee levee, int event) {
    return String.valueOf(
        levee
            .json("/api/v1/events/" + "%032x".formatted(event))
            .object("fingerprint")
            .text("value"));
  }

  private static String issueOf(RunningTestLevee levee, int event) {
    String print = printOf(levee, event);
    return issues(levee).stream()
        .filter(issue -> issue.array("fingerprints").contains(Json.text(print)))
        .map(issue -> String.valueOf(issue.text("id")))
        .collect(Collectors.joining());
  }

  private static HttpResponse<String> post(RunningTestLevee levee, String path, String body)
      throws IOException, InterruptedException {
    return levee.post(path, levee.commandKey(), body);
  }

  private static HttpResponse<String> put(RunningTestLevee levee, String path, String body)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create(levee.url() + path))
              .header("Authorization", "Bearer " + levee.commandKey())
              .PUT(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void mergedIssuesGoOnTogetherAndApartAgain() throws Exception {
    try (RunningTestLevee levee = new RunningTestLevee(data)) {
      send(levee, error(1, "pay"), error(2, "pay"), error(3, "refund"));
      awaitIssues(levee, "2", "1");
      await().atMost(VISIBLE_MAX).untilAsserted(() -> assertThat(levee.count("")).isEqualTo(3));
      String pay = issueOf(levee, 1);
      String refund = issueOf(levee, 3);

      HttpResponse<String> merged =
          post(levee, "/api/v1/issues/" + pay + "/merge", "{\"issues\":[" + refund + "]}");
      assertThat(merged.statusCode()).as(merged.body()).isEqualTo(200);
      send(levee, error(4, "refund"));
      awaitIssues(levee, "4");
      assertThat(post(levee, "/api/v1/issues/" + pay + "/merge", "{\"issues\":[999]}").body())
          .contains("no issue 999 in this project; nothing was done");
      assertThat(levee.get("/api/v1/issues/" + refund + "/fingerprints").body())
          .contains("was merged into " + pay);

      Json.Obj parts = levee.json("/api/v1/issues/" + pay + "/fingerprints");
      Json.Obj refunds =
          (Json.Obj)
              parts.array("parts").stream()
                  .filter(part -> printOf(levee, 3).equals(firstPrint((Json.Obj) part)))
                  .findFirst()
                  .orElseThrow();
      String print = String.valueOf(refunds.array("fingerprints").getFirst().scalarText());
      HttpResponse<String> parted =
          post(
              levee,
              "/api/v1/issues/" + pay + "/unmerge",
              "{\"fingerprints\":[\"" + print + "\"]}");
      assertThat(parted.statusCode()).as(parted.body()).isEqualTo(200);
      awaitIssues(levee, "2", "2");
      send(levee, error(5, "refund"), error(6, "refund"));
      awaitIssues(levee, "2", "4");
    }
  }

  @Test
  void rulesArePreviewedSavedExplainedAndTaught() throws Exception {
    try (RunningTestLevee levee = new RunningTestLevee(data)) {
      send(levee, error(1, "pay"), error(2, "refund"));
      awaitIssues(levee, "1", "1");
      await().atMost(VISIBLE_MAX).untilAsserted(() -> assertThat(levee.count("")).isEqualTo(2));
      String project = "/api/v1/projects/" + levee.levee().projects().getFirst().slug();
      String rules = "{\"rules\":\"module:com.shop.* type:E -> shop\",\"version\":0}";

      assertThat(put(levee, project + "/grouping", "{\"rules\":\"modul:a -> b\"}").body())
          .contains("line 1, column 1: unknown field \\\"modul\\\" (expected: module?)");
      assertThat(post(levee, project + "/grouping/preview", rules).body())
          .contains("\"events\":2")
          .contains("\"into\":null")
          .contains("\"whole\":true");
      assertThat(put(levee, project + "/grouping", rules).statusCode()).isEqualTo(200);
      assertThat(put(levee, project + "/grouping", rules).statusCode()).isEqualTo(409);

      String one = "/api/v1/events/" + "%032x".formatted(1) + "/grouping";
      assertThat(levee.json(one).text("rule")).startsWith("module:com.shop.*");
      assertThat(levee.json(one + "/compare?with=" + "%032x".formatted(2)).text("same"))
          .isEqualTo("true");
      assertThat(post(levee, project + "/grouping/regroup", "{\"apply\":true}").body())
          .contains("merged");
      awaitIssues(levee, "2");
      send(levee, error(3, "cancel"));
      awaitIssues(levee, "3");
      for (String page : List.of("/grouping", "/grouping/event/" + "%032x".formatted(1))) {
        HttpResponse<String> shown =
            levee.get("/p/" + levee.levee().projects().getFirst().slug() + page);
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).contains("module:com.shop.* type:E -&gt; shop");
      }
      assertThat(
              levee
                  .get(
                      "/p/"
                          + levee.levee().projects().getFirst().slug()
                          + "/grouping/issue/"
                          + issueOf(levee, 1))
                  .body())
          .contains("Take out what is selected");
    }
  }
}
