package io.levee.edge.sentry;

import io.levee.engine.registry.Permission;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.engine.registry.Sender;
import io.levee.event.ProjectId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether a key may send to a project. Thread-safe. */
final class SentryAccess {
  private static final int KEY_CHARS = 32;

  private final ProjectRegistry registry;

  SentryAccess(ProjectRegistry registry) {
    this.registry = registry;
  }

  /** What was decided. */
  sealed interface Decision {}

  record Granted(Sender sender) implements Decision {}

  /**
   * @param status 401 for a key that can't be one, 403 otherwise
   * @param detail for the client
   * @param cause for the client
   * @param reason for the ledger
   */
  record Denied(int status, String detail, String cause, String reason) implements Decision {
    static final Denied NO_KEY =
        new Denied(
            403,
            "missing authorization information",
            "no sentry_key in X-Sentry-Auth, Authorization, query or envelope header",
            "no key");
    static final Denied DISAGREEING =
        new Denied(
            403, "bad authorization information", "several keys that do not agree", "several keys");
    static final Denied MALFORMED =
        new Denied(
            401,
            "bad authorization information",
            "sentry_key (expected: 32 hex digits)",
            "malformed key");
    static final Denied UNKNOWN =
        new Denied(
            403, "event submission rejected with_reason: ProjectId", "unknown key", "unknown key");
    static final Denied WRONG_PROJECT =
        new Denied(
            403,
            "event submission rejected with_reason: ProjectId",
            "wrong project: the key belongs to another one",
            "wrong project");
    static final Denied NOT_FOR_SENDING =
        new Denied(
            403,
            "event submission rejected with_reason: Permission",
            "the key may not send",
            "key may not send");
  }

  /**
   * @param stated the project in the address; null when it names none
   * @throws io.levee.engine.run.BackendException when the registry is in trouble
   */
  Decision check(String key, @Nullable ProjectId stated) {
    if (key.length() != KEY_CHARS || !key.chars().allMatch(SentryAccess::isHexDigit)) {
      return Denied.MALFORMED;
    }
    Optional<ProjectKey> known = registry.key(key);
    if (known.isEmpty()) {
      return Denied.UNKNOWN;
    }
    ProjectId project = known.get().project();
    if (stated != null && !stated.equals(project)) {
      return Denied.WRONG_PROJECT;
    }
    return known.get().allows(Permission.INGEST)
        ? new Granted(known.get().sender())
        : Denied.NOT_FOR_SENDING;
  }

  private static boolean isHexDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }
}
