package io.levee.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends many small events in few requests, as fast as they are taken: batches of 500 through the
 * API, over several connections. What is refused for now is sent again, with the same ids, until it
 * is taken. An event's id and text follow from seed and number.
 */
final class BatchLoader implements AutoCloseable {
  static final int BATCH_EVENTS = 500;

  private static final int OK = 200;
  private static final int THROTTLED = 429;
  private static final int UNAVAILABLE = 503;
  private static final Duration AGAIN_AFTER = Duration.ofMillis(250);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
  private static final int PROBLEMS = 200;

  /** Writes an event as Levee's own JSON, one line; the same for the same number. */
  interface Lines {
    /**
     * @param id the event's
     */
    void append(StringBuilder text, long number, String id);
  }

  private final Target target;
  private final long seed;
  private final Lines lines;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicLong again = new AtomicLong();

  /**
   * @param newest the time of no event is later
   * @param spread how far back the events' times go
   */
  BatchLoader(Target target, long seed, Instant newest, Duration spread) {
    this(target, seed, (text, number, id) -> append(text, number, id, newest, spread));
  }

  /** With events of another kind. */
  BatchLoader(Target target, long seed, Lines lines) {
    this.target = target;
    this.seed = seed;
    this.lines = lines;
  }

  /**
   * Sends the events of these numbers and returns when all were taken.
   *
   * @param from the first, a multiple of 500
   * @throws IOException when an answer is neither yes nor later
   */
  void load(long from, long to, int connections) throws IOException, InterruptedException {
    AtomicLong next = new AtomicLong(from);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> senders = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        senders.add(
            threads.submit(() -> {
              for (long first = next.getAndAdd(BATCH_EVENTS);
                  first < to;
                  first = next.getAndAdd(BATCH_EVENTS)) {
                send(first, Math.min(to, first + BATCH_EVENTS));
              }
              return true;
            }));
      }
      for (Future<?> sender : senders) {
        sender.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("load: " + e.getCause(), e.getCause());
    }
  }

  /** How often a batch was refused for now. */
  long refusals() {
    return again.get();
  }

  private void send(long from, long to) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(target.url() + "/api/v1/events"))
            .header("Authorization", "Bearer " + target.key())
            .header("Content-Type", "application/x-ndjson")
            .timeout(ANSWER_MAX)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body(from, to)))
            .build();
    while (true) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == OK) {
        return;
      }
      if (answer.statusCode() != THROTTLED && answer.statusCode() != UNAVAILABLE) {
        throw new IOException("HTTP " + answer.statusCode() + " " + answer.body());
      }
      again.incrementAndGet();
      Thread.sleep(AGAIN_AFTER);
    }
  }

  private byte[] body(long from, long to) {
    StringBuilder text = new StringBuilder();
    for (long number = from; number < to; number++) {
      lines.append(text, number, id(number));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(
      StringBuilder text, long number, String id, Instant newest, Duration spread) {
    long mixed = number * 0x9E3779B97F4A7C15L;
    long problem = Long.remainderUnsigned(mixed >>> 20, PROBLEMS);
    long back = Math.floorMod(mixed >>> 7, Math.max(1, spread.toMillis()));
    text.append("{\"id\":\"").append(id);
    text.append("\",\"time\":\"").append(newest.minusMillis(back));
    text.append("\",\"level\":\"error\",\"title\":\"Problem ").append(problem);
    text.append(": order not shipped\",\"message\":\"order ").append(number);
    text.append(" could not be shipped: no courier for region ").append(problem % 9);
    text.append(
        "\",\"logger\":\"shop.shipping\",\"environment\":\"production\",\"release\":\"shop@4.");
    text.append(problem % 5).append("\",\"tags\":{\"region\":\"r").append(problem % 9);
    text.append("\",\"shard\":\"").append(mixed >>> 52);
    text.append("\"},\"user\":{\"id\":\"user-").append(mixed >>> 54).append("\"}}\n");
  }

  /** The id of an event, as the API shows it. */
  String id(long number) {
    return Envelopes.eventId(seed, number);
  }

  @Override
  public void close() {
    http.close();
  }
}
