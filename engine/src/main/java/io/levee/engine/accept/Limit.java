package io.levee.engine.accept;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that a project, or one of its keys, has so much of. Events and bytes a minute are what
 * comes in at the door, whatever becomes of it; those an hour and a month are what was taken.
 */
public enum Limit {
  /** Requests that are being dealt with at one moment. */
  REQUESTS_AT_ONCE(10_000),
  EVENTS_PER_MINUTE(50_000_000_000L),
  BYTES_PER_MINUTE(50_000_000_000L),
  EVENTS_PER_HOUR(Limit.AMOUNT_MAX),
  BYTES_PER_HOUR(Limit.AMOUNT_MAX),
  EVENTS_PER_MONTH(Limit.AMOUNT_MAX),
  BYTES_PER_MONTH(Limit.AMOUNT_MAX);

  private static final long AMOUNT_MAX = 1_000_000_000_000_000L;

  private final long most;

  Limit(long most) {
    this.most = most;
  }

  /** The highest value that it may have; the lowest is 1. */
  public long most() {
    return most;
  }

  /** As in the API and on the command line: {@code events_per_minute}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As in sentences: {@code events per minute}. */
  public String words() {
    return wireName().replace('_', ' ');
  }

  /** The limit with a wire name; null when there is none. */
  public static @Nullable Limit ofWireName(String name) {
    for (Limit limit : values()) {
      if (limit.wireName().equals(name)) {
        return limit;
      }
    }
    return null;
  }
}
