package io.levee.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * How a command finds the running server: by the data folder on this machine, or by address and
 * key.
 */
final class ClientOptions {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "${env:LEVEE_DATA:-./data}",
      description =
          "The server's data folder, which says where it listens and holds a key. Default: ${DEFAULT-VALUE}")
  private Path data = Path.of("data");

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:LEVEE_URL:-}",
      description = "Where the server listens, when it is on another machine.")
  private String url = "";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      defaultValue = "${env:LEVEE_KEY:-}",
      description = "The key to use, when it is not the data folder's.")
  private String key = "";

  static HttpClient http() {
    return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  }

  /** A request to the API; the caller adds the method. */
  HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create(url() + pathAndQuery))
        .header("Authorization", "Bearer " + key());
  }

  /** The same to a server at another address. */
  HttpRequest.Builder requestAt(String address, String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create(address + pathAndQuery))
        .header("Authorization", "Bearer " + key());
  }

  /** Whether the server is meant to be on this machine. */
  boolean isLocal() {
    return url.isEmpty();
  }

  Path data() {
    return data;
  }

  String url() {
    return url.isEmpty() ? read(new DataFolder(data).address()) : url.replaceAll("/+$", "");
  }

  private String key() {
    return key.isEmpty() ? read(new DataFolder(data).commandKey()) : key;
  }

  private String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new StartFailure(
          "no Levee has run on the data folder "
              + data.toAbsolutePath().normalize()
              + " (start one with ./levee, or say where it is with --data, or --url and --key)",
          e);
    }
  }

  /** Says that the server does not answer, in words that help. */
  StartFailure unreachable(IOException e) {
    @Nullable String message = e.getMessage();
    return new StartFailure(
        "no answer from "
            + url()
            + (message == null ? "" : ": " + message)
            + " (is Levee running? start it with ./levee)",
        e);
  }
}
