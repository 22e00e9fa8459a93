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
  /** Open connections, unless somebody says otherwise. */
  public static final int CONNECTIONS_MAX = 20_000;

  /** How long nothing may move on a connection, unless somebody says otherwise. */
  public static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

  /** What a node needs for its stores, at the least half of what it may have. */
  private static final long OTHER_FILES = 2_000;

  /** The defaults on an address; fewer connections where this process may not open many files. */
  public static HttpConfig on(String host, int port) {
    return new HttpConfig(
        host,
        port,
        16 << 10,
        Duration.ofSeconds(10),
        connectionsFor(filesMax(), CONNECTIONS_MAX),
        IDLE_TIMEOUT,
        Duration.ofSeconds(3));
  }

  /** The same with other bounds; still fewer connections where there may not be many files. */
  public HttpConfig within(int otherConnectionsMax, Duration otherIdleTimeout) {
    return new HttpConfig(
        host,
        port,
        headerBytesMax,
        headerTimeout,
        connectionsFor(filesMax(), otherConnectionsMax),
        otherIdleTimeout,
        drainTimeout);
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
   * @param wanted at most
   */
  static int connectionsFor(long filesMax, int wanted) {
    long left = Math.max(filesMax - OTHER_FILES, filesMax / 2);
    return Math.clamp(left, 1, wanted);
  }
}
