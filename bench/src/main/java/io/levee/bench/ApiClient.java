package io.levee.bench;

import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks a Levee questions over its JSON API. Thread-safe. Waits at most ten minutes for an answer.
 */
final class ApiClient {
  /** A page of 1,000 events is some megabytes. */
  private static final JsonLimits LIMITS = new JsonLimits(64, 10_000_000, 100_000, 10 << 20);

  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final int EVENTS_A_PAGE = 1_000;
  private static final int ISSUES_A_PAGE = 500;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final URI url;
  private final String key;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final JsonText json = new JsonText(LIMITS);

  ApiClient(URI url, String key) {
    this.url = url;
    this.key = key;
  }

  /** How many events the index finds. */
  long count(String query) throws IOException, InterruptedException {
    return number(get("/api/v1/events/count?query=" + encode(query)), "events");
  }

  /**
   * The ledger's sums of the key's project, of the last hours.
   *
   * @return outcome to quantity, {@code received} too
   */
  Json.Obj ledgerTotals() throws IOException, InterruptedException {
    return get("/api/v1/ledger?from=-24h&step=1h").object("totals");
  }

  /** Searches, as a reader does; how many events the first page has. */
  int search(String query) throws IOException, InterruptedException {
    return get("/api/v1/events?limit=50&query=" + encode(query)).array("events").size();
  }

  /** Whether an event is found by its id. */
  boolean has(String id) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send("GET", "/api/v1/events/" + id);
    if (answer.statusCode() != OK && answer.statusCode() != NOT_FOUND) {
      throw new IOException("GET event: HTTP " + answer.statusCode());
    }
    return answer.statusCode() == OK;
  }

  /** Gives the id of every event that the index holds, as often as it holds it. */
  void eachEventId(Consumer<String> consumer) throws IOException, InterruptedException {
    eachEvent(event -> consumer.accept(String.valueOf(event.text("id"))));
  }

  /** Gives every event that the index holds, as often as it holds it. */
  void eachEvent(Consumer<Json.Obj> consumer) throws IOException, InterruptedException {
    String cursor = "";
    while (cursor != null) {
      Json.Obj page = get("/api/v1/events?limit=" + EVENTS_A_PAGE + cursor(cursor));
      for (Json event : page.array("events")) {
        if (!(event instanceof Json.Obj object) || object.text("id") == null) {
          throw new IOException("an event without id");
        }
        consumer.accept(object);
      }
      cursor = page.text("next");
    }
  }

  /** The sum of the events of all issues. */
  long issueEvents() throws IOException, InterruptedException {
    long sum = 0;
    String cursor = "";
    while (cursor != null) {
      Json.Obj page = get("/api/v1/issues?limit=" + ISSUES_A_PAGE + cursor(cursor));
      for (Json issue : page.array("issues")) {
        sum += issue instanceof Json.Obj object ? number(object, "events") : 0;
      }
      cursor = page.text("next");
    }
    return sum;
  }

  /**
   * Has index and archive compared.
   *
   * @return the last line of the answer: {@code done}, {@code agree}, {@code events}
   */
  Json.Obj verify() throws IOException, InterruptedException {
    return lastLine("/api/v1/verify");
  }

  /**
   * Has a store built anew from the other.
   *
   * @param store {@code index} or {@code archive}
   * @return the last line of the answer: {@code done}, {@code events}
   */
  Json.Obj rebuild(String store) throws IOException, InterruptedException {
    return lastLine("/api/v1/rebuild/" + store);
  }

  /** What verify and the readiness check say that is not in order; empty when all is well. */
  List<String> damage() throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send("POST", "/api/v1/verify");
    List<String> lines = new String(answer.body(), StandardCharsets.UTF_8).lines().toList();
    List<String> said = new ArrayList<>();
    lines.stream()
        .filter(line -> line.contains("difference ") || line.contains("damage: "))
        .forEach(said::add);
    String last = lines.isEmpty() ? "" : lines.getLast();
    if (said.isEmpty() && (answer.statusCode() != OK || !last.contains("\"agree\":true"))) {
      said.add("HTTP " + answer.statusCode() + " " + last);
    }
    said.addAll(notReady());
    return said;
  }

  /** The checks that fail, each with its reason. */
  private List<String> notReady() throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send("GET", "/ready");
    List<String> failing = new ArrayList<>();
    if (answer.statusCode() != OK && object(answer.body()).get("checks") instanceof Json.Obj all) {
      all.fields()
          .forEach((name, reason) -> {
            if (!"ok".equals(reason.scalarText())) {
              failing.add(name + ": " + reason.scalarText());
            }
          });
    }
    return failing;
  }

  private Json.Obj lastLine(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send("POST", path);
    List<String> lines =
        new String(answer.body(), StandardCharsets.UTF_8)
            .lines()
            .filter(l -> !l.isBlank())
            .toList();
    if (answer.statusCode() != OK || lines.isEmpty()) {
      throw new IOException("POST " + path + ": HTTP " + answer.statusCode());
    }
    return object(lines.getLast().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * One field of each issue of a page.
   *
   * @param parameters of the list, from the question mark on
   */
  List<String> issues(String parameters, String field) throws IOException, InterruptedException {
    return get("/api/v1/issues" + parameters).array("issues").stream()
        .map(issue -> issue instanceof Json.Obj object ? String.valueOf(object.text(field)) : "")
        .toList();
  }

  /** The fingerprints that an issue holds, as the API writes them. */
  List<String> fingerprints(String issue) throws IOException, InterruptedException {
    return get("/api/v1/issues/" + issue + "/fingerprints").array("parts").stream()
        .flatMap(part ->
            part instanceof Json.Obj object
                ? object.array("fingerprints").stream()
                : Stream.<Json>empty())
        .map(print -> String.valueOf(print.scalarText()))
        .toList();
  }

  /** Sends JSON and expects to be understood. */
  void post(String path, String json) throws IOException, InterruptedException {
    ask(path, json);
  }

  /**
   * Sends JSON and gives the answer.
   *
   * @throws IOException when it isn't one that says yes
   */
  Json.Obj ask(String path, String json) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(path))
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .header("Authorization", "Bearer " + key)
            .timeout(TIMEOUT)
            .build();
    HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() / 100 != 2) {
      String said = new String(answer.body(), StandardCharsets.UTF_8);
      throw new IOException("POST " + path + ": HTTP " + answer.statusCode() + " " + said);
    }
    return answer.body().length == 0 ? Json.Obj.EMPTY : object(answer.body());
  }

  /**
   * How many events a subscriber's store has not dealt with, as {@code /metrics} tells.
   *
   * @param group its name
   */
  long pending(String group) throws IOException, InterruptedException {
    String name = "levee_subscriber_lag_records{group=\"" + group + "\"} ";
    HttpResponse<byte[]> answer = send("GET", "/metrics");
    return new String(answer.body(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> (long) Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow(() -> new IOException("no metric " + name));
  }

  private static String cursor(String cursor) {
    return cursor.isEmpty() ? "" : "&cursor=" + encode(cursor);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static long number(Json.Obj object, String field) throws IOException {
    @Nullable String text = object.text(field);
    if (text == null) {
      throw new IOException("answer has no " + field);
    }
    return Long.parseLong(text);
  }

  private Json.Obj get(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send("GET", path);
    if (answer.statusCode() != OK) {
      throw new IOException(
          "GET "
              + path
              + ": HTTP "
              + answer.statusCode()
              + " "
              + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return object(answer.body());
  }

  private HttpResponse<byte[]> send(String method, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Authorization", "Bearer " + key)
            .timeout(TIMEOUT)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private Json.Obj object(byte[] bytes) throws IOException {
    return switch (json.parse(bytes)) {
      case JsonText.Value(Json.Obj object) -> object;
      case JsonText.Value ignored -> throw new IOException("answer is not a JSON object");
      case JsonText.Invalid(String message, long ignored) ->
          throw new IOException("answer: " + message);
      case JsonText.OverLimit(String message) -> throw new IOException("answer: " + message);
    };
  }
}
