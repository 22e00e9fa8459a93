package io.levee.app;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of issues, releases and deploys over HTTP, as clients and sentry-cli ask for them. */
@SuppressWarnings("NullAway.Init") // JUnit gives the folder, and opens before every test.
final class ITWorkOnIssues {
  private static final String OF_ORGANISATION = "/api/0/organizations/acme/releases/";

  @TempDir private Path folder;

  private final JsonText parser = new JsonText(JsonLimits.DEFAULT);
  private final HttpClient http = HttpClient.newHttpClient();
  private RunningTestLevee levee;

  /** An answer whose body is JSON, or nothing. */
  private record Answer(int status, Json json) {
    Json.Obj object() {
      return (Json.Obj) json;
    }
  }

  @BeforeEach
  void open() {
    levee = new RunningTestLevee(folder);
  }

  @AfterEach
  void close() {
    http.close();
    levee.close();
  }

  private Answer ask(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(levee.url() + path))
            .header("Authorization", "Bearer " + levee.commandKey())
            .header("api_key", levee.commandKey())
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      byte[] bytes = response.body().getBytes(StandardCharsets.UTF_8);
      Json json =
          parser.parse(bytes) instanceof JsonText.Value(Json value) ? value : Json.nothing();
      return new Answer(response.statusCode(), json);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private Answer get(String path) {
    return ask("GET", path, "");
  }

  /** Sends an error each and waits until they are issues. */
  private void send(String release, String... titles) throws Exception {
    int before = get("/api/v1/issues?status=unresolved").object().array("issues").size();
    for (String title : titles) {
      String event =
          "{\"kind\":\"error\",\"level\":\"error\",\"title\":\""
              + title
              + "\",\"release\":\""
              + release
              + "\"}";
      assertThat(levee.post("/api/v1/events", levee.sendKey(), event).statusCode()).isEqualTo(200);
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            get("/api/v1/issues?status=unresolved").object().array("issues").size()
                >= before + titles.length);
  }

  private Json.Obj issue(int place) {
    List<Json> all = get("/api/v1/issues?sort=first_seen").object().array("issues");
    return (Json.Obj) all.get(place);
  }

  @Test
  void losesNobodysChangeAndTakesBackItsOwn() throws Exception {
    send("1.0.0", "Alpha fails", "Bravo fails", "Charlie fails");
    String id = issue(0).text("id");
    String changes = "/api/v1/issues/" + id + "/changes";

    Answer first = ask("POST", changes, "{\"action\":\"archive\",\"version\":0}");
    Answer second = ask("POST", changes, "{\"action\":\"resolve\",\"version\":0}");

    assertThat(first.status()).isEqualTo(200);
    assertThat(second.status()).isEqualTo(409);
    assertThat(JsonText.write(second.json())).contains("\"to\":\"archived\"", "\"actor\":\"key ");
    assertThat(ask("POST", changes, "{\"action\":\"explode\"}").status()).isEqualTo(400);
    assertThat(ask("POST", "/api/v1/issues/999/changes", "{\"action\":\"resolve\"}").status())
        .isEqualTo(404);
    String asOf = get("/api/v1/issues").object().text("as_of");
    String bulk =
        "{\"action\":\"resolve_in_next_release\",\"filter\":{\"status\":\"unresolved\"},\"as_of\":\""
            + asOf
            + "\"}";
    Answer all = ask("POST", "/api/v1/issues/changes", bulk);
    assertThat(all.object().text("changed")).isEqualTo("2");
    assertThat(issue(1).text("resolved")).isEqualTo("in the release after 1.0.0");
    Answer undone = ask("POST", "/api/v1/undo/" + all.object().text("undo"), "");
    assertThat(undone.object().text("restored")).isEqualTo("2");
    assertThat(issue(1).text("status")).isEqualTo("unresolved");
    assertThat(ask("POST", "/api/v1/issues/changes", bulk).status())
        .as("what was undone has changed since it was seen")
        .isEqualTo(409);
    assertThat(get("/api/v1/issues/" + id + "/activity").object().array("activity")).hasSize(1);
  }

  @Test
  void keepsCommentsAndBookmarks() throws Exception {
    send("1.0.0", "Alpha fails");
    String issue = "/api/v1/issues/" + issue(0).text("id");

    Answer written = ask("POST", issue + "/comments", "{\"text\":\"**why**\"}");

    assertThat(written.status()).isEqualTo(201);
    String comment = issue + "/comments/" + written.object().text("id");
    assertThat(ask("PUT", comment, "{\"text\":\"because\",\"version\":1}").status()).isEqualTo(200);
    assertThat(ask("PUT", comment, "{\"text\":\"so\",\"version\":1}").status()).isEqualTo(409);
    assertThat(ask("PUT", comment, "{\"text\":\"so\"}").status()).isEqualTo(400);
    assertThat(ask("POST", issue + "/comments", "{\"text\":\" \"}").status()).isEqualTo(400);
    assertThat(JsonText.write(get(issue + "/comments").json())).contains("because");
    assertThat(ask("DELETE", comment + "?version=2", "").status()).isEqualTo(204);
    assertThat(ask("PUT", issue + "/bookmark", "").status()).isEqualTo(204);
    assertThat(get("/api/v1/bookmarks").object().array("issues")).hasSize(1);
    assertThat(ask("DELETE", issue + "/bookmark", "").status()).isEqualTo(204);
  }

  /** The requests are those of sentry-cli 3.8.0, recorded on loopback. */
  @Test
  void answersSentryCli() throws Exception {
    String create =
        "{\"version\":\"shop@1.2.0\",\"projects\":[],\"url\":\"https://x.example\",\"dateReleased\":\"2026-11-22T06:09:11.494703531Z\"}";
    assertThat(get("/api/0/").status()).isEqualTo(200);
    assertThat(ask("POST", OF_ORGANISATION, create).status()).isEqualTo(201);
    assertThat(ask("POST", OF_ORGANISATION, create).status()).isEqualTo(208);
    Answer finalized =
        ask(
            "PUT",
            OF_ORGANISATION + "shop@1.2.0/",
            "{\"dateReleased\":\"2026-11-22T06:09:12.494703531Z\",\"refs\":[{\"repository\":\"acme/shop\",\"commit\":\"0123456789abcdef\",\"previousCommit\":null}]}");
    assertThat(finalized.status()).isEqualTo(200);
    assertThat(finalized.object().text("ref")).isEqualTo("acme/shop@0123456789abcdef");
    assertThat(get(OF_ORGANISATION + "shop@1.2.0/previous-with-commits/").json())
        .isEqualTo(Json.Obj.EMPTY);
    assertThat(get("/api/0/organizations/acme/repos/?cursor=").json())
        .isEqualTo(Json.array(List.of()));
    String deploy =
        "{\"environment\":\"production\",\"name\":\"blue\",\"url\":\"https://x.example\",\"dateStarted\":\"2026-11-22T06:08:20.850303346Z\",\"dateFinished\":\"2026-11-22T06:08:53.850303346Z\"}";
    Answer deployed = ask("POST", OF_ORGANISATION + "shop@1.2.0/deploys/", deploy);
    assertThat(deployed.status()).isEqualTo(201);
    assertThat(deployed.object().text("environment")).isEqualTo("production");
    assertThat(ask("POST", OF_ORGANISATION + "nobody/deploys/", deploy).status()).isEqualTo(404);
    assertThat(get("/api/0/projects/acme/somebody-else/releases/").status()).isEqualTo(404);
    assertThat(ask("POST", OF_ORGANISATION, "{\"version\":\"x\",\"projects\":[\"y\"]}").status())
        .isEqualTo(404);
    assertThat(JsonText.write(get(OF_ORGANISATION + "shop@1.2.0/deploys/").json()))
        .contains("\"name\":\"blue\"");

    Json.Obj release = get("/api/v1/release?name=shop@1.2.0").object();
    assertThat(release.text("released")).isEqualTo("2026-11-22T06:09:12.494703Z");
    assertThat(release.array("deployed")).hasSize(1);
  }

  @Test
  void answersElmahIoAndItsOwnApiAboutDeploys() throws Exception {
    send("2.0.0", "Alpha fails");
    Answer created =
        ask(
            "POST",
            "/v3/deployments",
            "{\"version\":\"2.0.0\",\"created\":\"2026-11-22T01:02:03\",\"description\":\"*x*\",\"userName\":\"Ann\",\"userEmail\":\"a@x.example\"}");
    String location = created.object().text("location");

    assertThat(created.status()).isEqualTo(201);
    assertThat(get(String.valueOf(location)).object().text("created"))
        .isEqualTo("2026-11-22T01:02:03Z");
    assertThat(((Json.Arr) get("/v3/deployments").json()).items()).hasSize(1);
    assertThat(ask("POST", "/v3/deployments", "{\"description\":\"x\"}").status()).isEqualTo(400);
    assertThat(ask("DELETE", String.valueOf(location), "").status()).isEqualTo(204);
    assertThat(ask("DELETE", String.valueOf(location), "").status()).isEqualTo(404);
    Answer own =
        ask("POST", "/api/v1/deploys", "{\"release\":\"2.0.0\",\"environment\":\"production\"}");
    assertThat(own.status()).isEqualTo(201);
    assertThat(get("/api/v1/deploys?release=2.0.0").object().array("deploys")).hasSize(1);
    assertThat(get("/api/v1/release?name=9.9.9").status()).isEqualTo(404);
    assertThat(get("/api/v1/releases").object().array("releases")).hasSize(1);
    Answer unknown =
        ask(
            "POST",
            "/api/v1/issues/changes",
            "{\"action\":\"resolve_in_release\",\"release\":\"9.9.9\",\"filter\":{}}");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(issue(0).text("status")).isEqualTo("unresolved");
    HttpResponse<String> foreign =
        levee.post("/api/v1/deploys", levee.sendKey(), "{\"release\":\"2.0.0\"}");
    assertThat(foreign.statusCode()).as("a key that may only send").isEqualTo(403);
  }

  @Test
  void leadsFromAMergedIssueToTheOneItWentInto() throws Exception {
    send("1.0.0", "Alpha fails", "Bravo fails");
    List<Json> all = get("/api/v1/issues?sort=first_seen").object().array("issues");
    String into = ((Json.Obj) all.get(0)).text("id");
    String other = ((Json.Obj) all.get(1)).text("id");
    assertThat(
            ask("POST", "/api/v1/issues/" + into + "/merge", "{\"issues\":[" + other + "]}")
                .status())
        .isEqualTo(200);

    HttpResponse<String> answer = levee.get("/api/v1/issues/" + other);

    assertThat(answer.statusCode()).isEqualTo(307);
    assertThat(answer.headers().firstValue("Location")).contains("/api/v1/issues/" + into);
    assertThat(answer.body()).contains("\"merged_into\":" + into);
    HttpResponse<String> page = levee.get("/p/first-project/issues/" + other);
    assertThat(page.statusCode()).isEqualTo(303);
    String location = page.headers().firstValue("Location").orElseThrow();
    assertThat(location).isEqualTo("/p/first-project/issues/" + into + "?merged=" + other);
    assertThat(levee.get(location).body())
        .contains("Issue " + other + " was merged into this one")
        .contains("/p/first-project/grouping/issue/" + into);
    String print =
        ((Json.Obj)
                get("/api/v1/issues/" + into + "/fingerprints").object().array("parts").getLast())
            .array("fingerprints")
            .getFirst()
            .scalarText();
    assertThat(
            ask(
                    "POST",
                    "/api/v1/issues/" + into + "/unmerge",
                    "{\"fingerprints\":[\"" + print + "\"]}")
                .status())
        .isEqualTo(200);
    assertThat(get("/api/v1/issues/" + other).status()).isEqualTo(200);
    assertThat(get("/api/v1/issues/99999").status()).isEqualTo(404);
  }

  @Test
  void exportsEveryEventOfAnIssue() throws Exception {
    int events = 1_200; // More than any page has.
    for (int i = 0; i < events; i += 100) {
      StringBuilder lines = new StringBuilder();
      for (int j = i; j < i + 100; j++) {
        lines
            .append("{\"kind\":\"error\",\"level\":\"error\",\"title\":\"=SUM(A1) fails\",")
            .append("\"user\":{\"id\":\"u")
            .append(j)
            .append("\"},\"tags\":{\"who\":\"a \\\"b\\\", c\"}}\n");
      }
      assertThat(levee.post("/api/v1/events", levee.sendKey(), lines.toString()).statusCode())
          .isEqualTo(200);
    }
    send("1.0.0", "Another one");
    await().atMost(Duration.ofSeconds(60)).until(() -> levee.count("u1199") == 1);
    String issue = "/api/v1/issues/" + issue(1).text("id");

    HttpResponse<String> json = levee.get(issue + "/export");
    HttpResponse<String> csv = levee.get(issue + "/export?format=csv");

    assertThat(json.headers().firstValue("Content-Type").orElseThrow()).contains("ndjson");
    assertThat(json.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("attachment; filename=\"issue-");
    assertThat(json.body().lines())
        .hasSize(events)
        .doesNotHaveDuplicates()
        .allSatisfy(line ->
            assertThat(parser.parse(line.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonText.Value.class));
    assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).contains("text/csv");
    List<String> lines = List.of(csv.body().split("\r\n", -1));
    assertThat(lines.getFirst()).startsWith("id,time,received,kind,level,title");
    assertThat(lines).hasSize(events + 2); // The head, and nothing behind the last line end.
    assertThat(lines.subList(1, events + 1))
        .allSatisfy(line ->
            assertThat(line)
                .contains(",'=SUM(A1) fails,")
                .endsWith("\"{\"\"who\"\":\"\"a \\\"\"b\\\"\", c\"\"}\""));
    assertThat(csv.body()).doesNotContain("Another one");
    assertThat(levee.get(issue + "/export?format=xml").statusCode()).isEqualTo(400);
    assertThat(levee.get("/api/v1/issues/99999/export").statusCode()).isEqualTo(404);
    assertThat(levee.get(issue.replace("/api/v1", "/p/first-project") + "/export.csv").body())
        .as("what the page's link downloads")
        .isEqualTo(csv.body());
  }
}
