package io.levee.engine.accept;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a project or a key. Immutable.
 *
 * @param values of those that are set; the others are somebody else's, or there is none
 */
public record Limits(Map<Limit, Long> values) {
  /** None is set. */
  public static final Limits NONE = new Limits(Map.of());

  private static final long GIB = 1L << 30;

  public Limits {
    EnumMap<Limit, Long> copy = new EnumMap<>(Limit.class);
    copy.putAll(values);
    copy.forEach((limit, value) -> {
      if (value < 1 || value > limit.most()) {
        throw new IllegalArgumentException(
            limit.wireName() + ": " + value + " (expected: 1.." + limit.most() + ")");
      }
    });
    values = Collections.unmodifiableMap(copy);
  }

  /**
   * What a project has that has no limits of its own: far more than one machine takes, so that they
   * stop accidents and nobody else.
   *
   * @param eventsPerMinute the one that is an option of the server
   */
  public static Limits projectDefaults(long eventsPerMinute) {
    return new Limits(
        Map.of(
            Limit.REQUESTS_AT_ONCE,
            2_000L,
            Limit.EVENTS_PER_MINUTE,
            eventsPerMinute,
            Limit.BYTES_PER_MINUTE,
            16 * GIB,
            Limit.EVENTS_PER_HOUR,
            100_000_000L,
            Limit.BYTES_PER_HOUR,
            400 * GIB,
            Limit.EVENTS_PER_MONTH,
            5_000_000_000L,
            Limit.BYTES_PER_MONTH,
            20_480 * GIB));
  }

  /** A limit's value; null when it isn't set. */
  public @Nullable Long get(Limit limit) {
    return values.get(limit);
  }

  /** A limit's value; more than anybody can send when it isn't set. */
  long of(Limit limit) {
    return values.getOrDefault(limit, Long.MAX_VALUE);
  }

  /** The same with one set, or, with null, not set any more. */
  public Limits with(Limit limit, @Nullable Long value) {
    Map<Limit, Long> copy = new EnumMap<>(Limit.class);
    copy.putAll(values);
    if (value == null) {
      copy.remove(limit);
    } else {
      copy.put(limit, value);
    }
    return new Limits(copy);
  }

  /** These, and where one isn't set, that of the defaults. */
  public Limits over(Limits defaults) {
    Map<Limit, Long> merged = new EnumMap<>(Limit.class);
    merged.putAll(defaults.values);
    merged.putAll(values);
    return new Limits(merged);
  }
}
