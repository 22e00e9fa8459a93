package io.levee.engine.measure;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of something that was sent to us. Received is the sum of all but {@link
 * #CLIENT_DROPPED}, which never reached us and is what the clients themselves report.
 */
public enum Outcome {
  /**
   * Durable, and on its way to every store. Counted from the bus, so that it is exact after any
   * crash.
   */
  ACCEPTED,
  /**
   * Counted, but stands only in the weight of another. Counted from the bus too; when one is stored
   * after all, it becomes accepted.
   */
  SAMPLED_OUT,
  /** Over a budget. */
  THROTTLED,
  /** Understood but not wanted: unknown key, too large, not yet supported, the node can't write. */
  REFUSED,
  /** Not understood. */
  MALFORMED,
  /** We had it already. */
  DUPLICATE,
  /** Dropped by the client before it was sent. */
  CLIENT_DROPPED;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The outcome with a wire name; null when there is none. */
  public static @Nullable Outcome ofWireName(String name) {
    for (Outcome outcome : values()) {
      if (outcome.wireName().equals(name)) {
        return outcome;
      }
    }
    return null;
  }
}
