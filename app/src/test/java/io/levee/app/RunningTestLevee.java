package io.levee.app;

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
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A whole Levee in this process, on a folder of the test and a free port, and what tests ask of it.
 */
final class RunningTestLevee implements AutoCloseable {
  private final JsonText parser = new JsonText(JsonLimits.DEFAULT);
  private final HttpClient http = HttpClient.newHttpClient();
  private final Levee levee;

  RunningTestLevee(Path data) {
    this(Config.on(data));
  }

  RunningTestLevee(Config config) {
    this.levee = new Levee(config);
    levee.start();
  }

  Levee levee() {
    return levee;
  }

  String url() {
    return levee.publicUrl().toString();
  }

  String dsn() {
    return levee.dsn(levee.projects().getFirst());
  }

  String sendKey() {
    return dsn().substring(dsn().indexOf("//") + 2, dsn().indexOf('@'));
  }

  String commandKey() {
    try {
      return Files.readString(levee.folder().commandKey());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> post(String path, String key, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Authorization", "Bearer " + key)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Authorization", "Bearer " + commandKey())
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The object that a GET answers. */
  Json.Obj json(String path) {
    try {
      HttpResponse<String> response = get(path);
      if (response.statusCode() == 200
          && parser.parse(response.body().getBytes(StandardCharsets.UTF_8))
              instanceof JsonText.Value(Json.Obj object)) {
        return object;
      }
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  long count(String query) {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    return Long.parseLong(
        String.valueOf(json("/api/v1/events/count?query=" + encoded).text("events")));
  }

  @Override
  public void close() {
    http.close();
    levee.close();
  }
}
