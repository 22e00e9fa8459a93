package io.levee.edge.door;

import io.levee.edge.net.Turnstile;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key that a call names, in any of the ways of the protocols, without taking the call
 * apart. A guess that is nearly always right: whoever decides by it lets in what it doesn't find.
 * Pure.
 */
final class NamedKey {
  private static final String SENTRY = "sentry_key=";
  private static final String BEARER = "Bearer ";

  private NamedKey() {}

  /** Null when none is named. */
  static @Nullable String of(Turnstile.Head head) {
    String key = sentry(head.header("X-Sentry-Auth"));
    if (key != null) {
      return key;
    }
    String authorization = head.header("Authorization");
    if (authorization != null) {
      return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
          ? authorization.substring(BEARER.length()).strip()
          : sentry(authorization);
    }
    key = head.header("api_key");
    key = key == null ? head.header("X-Levee-Key") : key;
    if (key != null) {
      return key.strip();
    }
    String query = head.query();
    return query == null ? null : ofQuery(query);
  }

  private static @Nullable String sentry(@Nullable String header) {
    int at = header == null ? -1 : header.indexOf(SENTRY);
    return header == null || at < 0 ? null : hex(header, at + SENTRY.length());
  }

  private static @Nullable String ofQuery(String query) {
    int at = query.indexOf(SENTRY);
    if (at >= 0) {
      return hex(query, at + SENTRY.length());
    }
    for (String parameter : query.split("&")) {
      if (parameter.startsWith("api_key=") || parameter.startsWith("key=")) {
        return parameter.substring(parameter.indexOf('=') + 1);
      }
    }
    return null;
  }

  /** Letters and digits from a place on, small: as Sentry's keys are looked up. */
  private static String hex(String text, int from) {
    int to = from;
    while (to < text.length() && Character.isLetterOrDigit(text.charAt(to))) {
      to++;
    }
    return text.substring(from, to).toLowerCase(Locale.ROOT);
  }
}
