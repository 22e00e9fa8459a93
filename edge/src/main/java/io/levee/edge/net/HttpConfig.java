package io.levee.edge.net;

import java.time.Duration;

/**
 * How the HTTP server listens.
 *
 * @param host the address to bind to
 * @param port 0 for any free one
 * @param headerBytesMax request line and headers
 * @param headerTimeout how long request line and headers may take, however steadily they drip
 * @param connectionsMax open connections; more wait in the kernel's queue
 * @param idleTimeout a connection on which nothing moves for this long is closed
 * @param drainTimeout how long a stop waits for requests that are under way
 */
public record HttpConfig(
    String host,
    int port,
    int headerBytesMax,
    Duration headerTimeout,
    int connectionsMax,
    Duration idleTimeout,
    Duration drainTimeout) {
  /** The defaults on an address. */
  public static HttpConfig on(String host, int port) {
    return new HttpConfig(
        host,
        port,
        16 << 10,
        Duration.ofSeconds(10),
        20_000,
        Duration.ofSeconds(30),
        Duration.ofSeconds(3));
  }
}
