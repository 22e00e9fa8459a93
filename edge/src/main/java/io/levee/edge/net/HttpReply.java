package io.levee.edge.net;

import io.levee.event.Json;
import io.levee.event.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP answer.
 *
 * @param headers written as they are, Content-Type included
 */
public record HttpReply(int status, Map<String, String> headers, Body body) {
  /** What the answer carries. */
  public sealed interface Body {}

  /** All of it at hand. */
  @SuppressWarnings("ArrayRecordComponent") // Written to the socket as it is.
  public record Bytes(byte[] bytes) implements Body {}

  /** Written piece by piece while the client reads. */
  public record Stream(Writer writer) implements Body {}

  /**
   * Writes a streamed body; returns when it is complete or the client has gone, which shows as an
   * IOException.
   */
  @FunctionalInterface
  public interface Writer {
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  private static final Bytes NOTHING = new Bytes(new byte[0]);

  public HttpReply {
    headers = Map.copyOf(headers);
  }

  public static HttpReply empty(int status) {
    return new HttpReply(status, Map.of(), NOTHING);
  }

  public static HttpReply json(int status, Json json) {
    return of(status, "application/json", JsonText.write(json).getBytes(StandardCharsets.UTF_8));
  }

  public static HttpReply text(int status, String text) {
    return of(status, "text/plain;charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  public static HttpReply of(int status, String contentType, byte[] bytes) {
    return new HttpReply(status, Map.of("Content-Type", contentType), new Bytes(bytes));
  }

  public static HttpReply stream(String contentType, Writer writer) {
    return new HttpReply(
        200, Map.of("Content-Type", contentType, "Cache-Control", "no-store"), new Stream(writer));
  }

  /** The same, with Retry-After in whole seconds, rounded up, at least one. */
  public HttpReply retryAfter(Duration wait) {
    return with("Retry-After", Long.toString(seconds(wait)));
  }

  /** What Retry-After says for a wait: whole seconds, rounded up, at least one. */
  public static long seconds(Duration wait) {
    return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
  }

  /** The same with one more header. */
  public HttpReply with(String name, String value) {
    return with(Map.of(name, value));
  }

  /** The same with more headers. */
  public HttpReply with(Map<String, String> added) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.putAll(added);
    return new HttpReply(status, more, body);
  }
}
