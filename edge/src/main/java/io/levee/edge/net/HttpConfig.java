package io.levee.edge.net;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
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
  private static final int CONNECTIONS_MAX = 20_000;

  /** What a node needs for its stores, at the least half of what it may have. */
  private static final long OTHER_FILES = 2_000;

  /** The defaults on an address; fewer connections where this process may not open many files. */
  public static HttpConfig on(String host, int port) {
    return new HttpConfig(
        host,
        port,
        16 << 10,
        Duration.ofSeconds(10),
        connectionsFor(filesMax()),
        Duration.ofSeconds(30),
        Duration.ofSeconds(3));
  }

  private static long filesMax() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os
        ? os.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  /**
   * So many that strangers can never take the files that the log and the stores need.
   *
   * @param filesMax what this process may have open in all
   */
  static int connectionsFor(long filesMax) {
    long left = Math.max(filesMax - OTHER_FILES, filesMax / 2);
    return Math.clamp(left, 1, CONNECTIONS_MAX);
  }
}
