package io.levee.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Opens the console's pages as a browser does: kept alive, compressed. Used by one thread. */
final class PageClient implements AutoCloseable {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
  private static final int OK = 200;

  private final URI url;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  PageClient(URI url) {
    this.url = url;
  }

  /**
   * What a page took.
   *
   * @param firstByte until the answer's head was there
   * @param whole until its last byte
   * @param bytes as sent
   */
  record Took(Duration firstByte, Duration whole, long bytes) {}

  /**
   * Opens a page.
   *
   * @throws IOException when the answer isn't 200
   */
  Took open(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(path))
            .header("Accept", "text/html")
            .header("Accept-Encoding", "gzip")
            .timeout(ANSWER_MAX)
            .build();
    long startNanos = System.nanoTime();
    HttpResponse<InputStream> answer =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    Duration firstByte = Times.since(startNanos);
    try (InputStream body = answer.body()) {
      long bytes = body.transferTo(OutputStream.nullOutputStream());
      if (answer.statusCode() != OK) {
        throw new IOException("GET " + path + ": HTTP " + answer.statusCode());
      }
      return new Took(firstByte, Times.since(startNanos), bytes);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
