package io.levee.edge.api;

import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.registry.Permission;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.ProjectRegistry;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key of a call: {@code Authorization: Bearer KEY}, {@code X-Levee-Key: KEY}, or {@code
 * ?key=KEY}.
 */
final class ApiKeys {
  /** Whether the caller may. */
  sealed interface Access {}

  record Granted(ProjectKey key) implements Access {}

  record Denied(HttpReply reply, String reason) implements Access {}

  private static final String BEARER = "Bearer ";

  private final ProjectRegistry registry;

  ApiKeys(ProjectRegistry registry) {
    this.registry = registry;
  }

  Access access(HttpCall call, Permission needed) {
    String value = value(call);
    if (value == null) {
      HttpReply reply =
          ApiReplies.error(401, "no key (expected: Authorization: Bearer KEY)")
              .with("WWW-Authenticate", "Bearer");
      return new Denied(reply, "no key");
    }
    Optional<ProjectKey> key = registry.key(value);
    if (key.isEmpty()) {
      return new Denied(
          ApiReplies.error(401, "unknown key").with("WWW-Authenticate", "Bearer"), "unknown key");
    }
    if (!key.get().allows(needed)) {
      String message = "this key does not allow to " + needed.name().toLowerCase(Locale.ROOT);
      return new Denied(ApiReplies.error(403, message), "key not allowed");
    }
    return new Granted(key.get());
  }

  private static @Nullable String value(HttpCall call) {
    String authorization = call.header("Authorization");
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return authorization.substring(BEARER.length()).strip();
    }
    String header = call.header("X-Levee-Key");
    return header == null ? call.query("key") : header.strip();
  }
}
