package io.levee.bench;

import java.net.InetSocketAddress;
import java.net.URI;

/**
 * Where a load goes.
 *
 * @param host name or address
 * @param key the project's public key
 * @param project as in the DSN's path
 */
record Target(String host, int port, String key, String project) {
  /**
   * Reads a DSN: {@code http://KEY@HOST:PORT/PROJECT}.
   *
   * @throws IllegalArgumentException when it isn't one; https isn't spoken here
   */
  static Target ofDsn(String dsn) {
    URI uri = URI.create(dsn);
    boolean whole =
        "http".equals(uri.getScheme())
            && uri.getHost() != null
            && uri.getUserInfo() != null
            && uri.getPort() > 0
            && uri.getPath().length() > 1;
    if (!whole) {
      throw new IllegalArgumentException(
          "dsn: \"" + dsn + "\" (expected: http://KEY@HOST:PORT/PROJECT)");
    }
    return new Target(uri.getHost(), uri.getPort(), uri.getUserInfo(), uri.getPath().substring(1));
  }

  InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  URI url() {
    return URI.create("http://" + host + ":" + port);
  }
}
