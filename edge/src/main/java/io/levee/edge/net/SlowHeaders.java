package io.levee.edge.net;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Closes connections whose request line and headers don't end in time. Jetty's idle timeout begins
 * anew with every byte, so one who drips a byte now and then would hold a connection for ever.
 * Swept by one thread; connections that are idle between requests, or send a body, are left alone.
 */
final class SlowHeaders {
  private final long nanosMax;
  private final LongSupplier nanoTime;
  private final AtomicLong closed = new AtomicLong();
  private Map<EndPoint, Begun> begun = new HashMap<>();

  /** Headers that were not complete at the last sweep, after so many requests. */
  private record Begun(long requests, long nanos) {}

  SlowHeaders(Duration max, LongSupplier nanoTime) {
    this.nanosMax = max.toNanos();
    this.nanoTime = nanoTime;
  }

  /** How many connections were closed. */
  long closed() {
    return closed.get();
  }

  void sweep(Collection<EndPoint> connections) {
    long now = nanoTime.getAsLong();
    Map<EndPoint, Begun> still = new HashMap<>();
    for (EndPoint connection : connections) {
      if (!(connection.getConnection() instanceof HttpConnection http) || !inHeaders(http)) {
        continue;
      }
      Begun before = begun.get(connection);
      boolean same = before != null && before.requests() == http.getMessagesIn();
      Begun since = before != null && same ? before : new Begun(http.getMessagesIn(), now);
      if (now - since.nanos() > nanosMax) {
        closed.incrementAndGet();
        connection.close();
      } else {
        still.put(connection, since);
      }
    }
    begun = still;
  }

  /** Its first bytes are here, its end is not. */
  private static boolean inHeaders(HttpConnection http) {
    HttpParser parser = http.getParser();
    return parser.inHeaderState() && !parser.isStart();
  }
}
