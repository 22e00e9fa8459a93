package io.levee.edge.api;

import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.query.QueryMatcher;
import io.levee.engine.tail.LiveTail;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * {@code GET /api/v1/tail}: canonical JSON, one event a line, as events pass. An empty line every
 * few seconds keeps the connection alive and shows whether the reader is still there; {@code
 * {"missed": n}} tells a slow reader how many it did not get.
 */
final class TailEndpoint {
  /** More watchers than this are told to come back. */
  static final int WATCHERS_MAX = 100;

  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final LiveTail tail;

  TailEndpoint(LiveTail tail) {
    this.tail = tail;
  }

  HttpReply watch(HttpCall call, ReadContext read) {
    if (tail.watchers() >= WATCHERS_MAX) {
      return ApiReplies.error(503, "too many are watching: " + WATCHERS_MAX)
          .with("Retry-After", "30");
    }
    QueryMatcher matcher = new QueryMatcher(read.query());
    return HttpReply.stream(
        "application/x-ndjson",
        out -> {
          try (LiveTail.Watcher watcher = tail.watch(read.scope(), matcher::matches)) {
            out.flush();
            follow(watcher, out);
          }
        });
  }

  /** Ends when the reader has gone, which shows as an IOException while writing. */
  private static void follow(LiveTail.Watcher watcher, OutputStream out)
      throws IOException, InterruptedException {
    while (!watcher.ended() && !Thread.currentThread().isInterrupted()) {
      StoredEvent event = watcher.next(HEARTBEAT);
      long missed = watcher.missed();
      if (missed > 0) {
        out.write(("{\"missed\":" + missed + "}\n").getBytes(StandardCharsets.UTF_8));
      }
      if (event != null) {
        out.write(event.json());
      }
      out.write('\n');
      out.flush();
    }
  }
}
