package io.levee.app;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A Levee in a process of its own, on a port that stays the same when it is started again. */
final class ChildLevee implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final int PORT_TRIES_MAX = 100;

  private final Path data;
  private final int port;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private Process process;

  ChildLevee(Path data) throws IOException, InterruptedException {
    this.data = data;
    this.port = freePort();
    this.process = start();
  }

  /** Below those that the system hands out: nobody else gets it while it is down. */
  private static int freePort() throws IOException {
    for (int tries = 0; tries < PORT_TRIES_MAX; tries++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Taken: another.
      }
    }
    throw new IOException("no free port found");
  }

  /** Starts it and returns when it takes events. */
  private Process start() throws IOException, InterruptedException {
    List<String> command =
        LeveeCommand.of(data, "--port", Integer.toString(port), "--disk-floor-bytes", "67108864");
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(data.resolveSibling("child.log").toFile()))
            .start();
    long deadline = System.nanoTime() + START_MAX.toNanos();
    while (!isUp()) {
      if (!started.isAlive() || System.nanoTime() > deadline) {
        started.destroyForcibly();
        throw new AssertionError(
            "did not start: " + Files.readString(data.resolveSibling("child.log")));
      }
      Thread.sleep(20);
    }
    return started;
  }

  private boolean isUp() throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(url("/health")).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  int port() {
    return port;
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  String key() throws IOException {
    return Files.readString(data.resolve("command.key")).strip();
  }

  /** Sends an event; the status, or 0 when nobody answered. */
  int send(String event) throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(url("/api/v1/events"))
              .header("Authorization", "Bearer " + key())
              .timeout(Duration.ofSeconds(20))
              .POST(HttpRequest.BodyPublishers.ofString(event))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  String get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url(path)).header("Authorization", "Bearer " + key()).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Sends SIGTERM and waits for the end. */
  Duration terminate() throws InterruptedException {
    long begun = System.nanoTime();
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("still there 30 s after SIGTERM");
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  int exitCode() {
    return process.exitValue();
  }

  void startAgain() throws IOException, InterruptedException {
    process = start();
  }

  @Override
  public void close() {
    http.close();
    process.destroyForcibly();
    process.onExit().join();
  }
}
