package io.levee.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an event is about. */
public enum Kind {
  /** An exception or a message that a client reported as a problem. */
  ERROR(0),
  /** A log line. */
  LOG(1),
  /** A timed unit of work, usually a request. */
  TRANSACTION(2),
  /** The result of an uptime, heartbeat or cron check. */
  CHECK(3),
  /** A flushed measurement. */
  METRIC(4),
  /** A page view. */
  VIEW(5);

  private static final Kind[] ALL = values();

  private final int code;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  Kind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** The name in canonical JSON and in queries: lower case. */
  public String wireName() {
    return wireName;
  }

  /**
   * The kind with this wire name, in any case.
   *
   * @return null when there is none
   */
  public static @Nullable Kind parse(String word) {
    for (Kind kind : ALL) {
      if (kind.wireName.equalsIgnoreCase(word)) {
        return kind;
      }
    }
    return null;
  }

  static Kind ofCode(int code) {
    if (code < 0 || code >= ALL.length) {
      throw new IllegalArgumentException(
          "kind code: " + code + " (expected: 0.." + (ALL.length - 1) + ")");
    }
    return ALL[code];
  }
}
