package io.levee.app;

import java.net.URI;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows under which names the console may be asked for. A page of a stranger can make a name of its
 * own point at this machine (DNS rebinding) and would then read the console from within the
 * browser; it can't do so with an IP address or a name that is not its own.
 */
final class HostGuard {
  private final String listening;
  private final Supplier<URI> publicUrl;

  HostGuard(String listening, Supplier<URI> publicUrl) {
    this.listening = listening.toLowerCase(Locale.ROOT);
    this.publicUrl = publicUrl;
  }

  /** Whether a Host header (RFC 9110 section 7.2) names us. */
  boolean knows(@Nullable String host) {
    if (host == null) {
      return true; // HTTP/1.0; no browser.
    }
    String name = withoutPort(host.strip().toLowerCase(Locale.ROOT));
    return name.equals("localhost")
        || isAddress(name)
        || name.equals(listening)
        || name.equals(publicUrl.get().getHost());
  }

  private static String withoutPort(String host) {
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      return end < 0 ? host : host.substring(0, end + 1);
    }
    int colon = host.indexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  private static boolean isAddress(String name) {
    return name.startsWith("[")
        || (!name.isEmpty() && name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9')));
  }
}
