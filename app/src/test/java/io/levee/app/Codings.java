package io.levee.app;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Sends a body in one of HTTP's codings. */
final class Codings {
  private Codings() {}

  /** The status of the answer. */
  static int send(String url, String key, String body, String coding)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/events"))
            .header("Authorization", "Bearer " + key)
            .header("Content-Encoding", coding)
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    encode(body.getBytes(StandardCharsets.UTF_8), coding)))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private static byte[] encode(byte[] body, String coding) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (coding) {
      case "gzip" -> {
        try (OutputStream gzip = new GZIPOutputStream(out)) {
          gzip.write(body);
        }
      }
      case "deflate" -> {
        try (OutputStream deflate = new DeflaterOutputStream(out)) {
          deflate.write(body);
        }
      }
      case "br" -> {
        Brotli4jLoader.ensureAvailability();
        out.writeBytes(Encoder.compress(body));
      }
      case "zstd" -> out.writeBytes(Zstd.compress(body));
      default -> out.writeBytes(body);
    }
    return out.toByteArray();
  }
}
