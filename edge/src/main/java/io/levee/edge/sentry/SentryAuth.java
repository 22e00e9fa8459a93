package io.levee.edge.sentry;

import io.levee.edge.net.HttpCall;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds a request's public key: in {@code X-Sentry-Auth}, in {@code Authorization} with the scheme
 * {@code Sentry}, or in the query's {@code sentry_key} ("Authentication"). Pure.
 */
final class SentryAuth {
  private static final String SCHEME = "sentry ";
  private static final String KEY = "sentry_key";

  private SentryAuth() {}

  /** What a request says about who it is. */
  sealed interface Claim {}

  /** One key, however often it was said. */
  record Key(String value) implements Claim {}

  /** Nothing outside of the body. */
  record Nothing() implements Claim {}

  /** Different keys in different places. */
  record Disagreeing() implements Claim {}

  static Claim of(HttpCall call) {
    Set<String> keys = new LinkedHashSet<>();
    add(keys, fromHeader(call.header("X-Sentry-Auth"), false));
    add(keys, fromHeader(call.header("Authorization"), true));
    call.query().getOrDefault(KEY, List.of()).forEach(key -> add(keys, key));
    if (keys.size() > 1) {
      return new Disagreeing();
    }
    return keys.isEmpty() ? new Nothing() : new Key(keys.iterator().next());
  }

  private static void add(Set<String> keys, @Nullable String key) {
    if (key != null && !key.isBlank()) {
      keys.add(key.strip().toLowerCase(Locale.ROOT));
    }
  }

  /** {@code Sentry sentry_version=7, sentry_key=…}; blanks after commas are optional. */
  private static @Nullable String fromHeader(@Nullable String header, boolean schemeRequired) {
    if (header == null) {
      return null;
    }
    boolean scheme = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    if (!scheme && schemeRequired) {
      return null;
    }
    String fields = scheme ? header.substring(SCHEME.length()) : header;
    for (String field : fields.split(",")) {
      int equals = field.indexOf('=');
      if (equals > 0 && field.substring(0, equals).strip().equals(KEY)) {
        return field.substring(equals + 1);
      }
    }
    return null;
  }
}
