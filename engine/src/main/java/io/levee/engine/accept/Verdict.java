package io.levee.engine.accept;

import io.levee.event.EventId;
import java.time.Duration;
import java.util.List;

/** What the door answers. Each is counted in the ledger. */
public sealed interface Verdict {
  /**
   * All are durable, those that we had already included.
   *
   * @param ids in the order in which they were given
   * @param duplicates how many of them we had already
   */
  record Accepted(List<EventId> ids, int duplicates) implements Verdict {
    public Accepted {
      ids = List.copyOf(ids);
    }
  }

  /**
   * Nothing was taken; come back later.
   *
   * @param retryAfter at least a second
   * @param reason a few fixed words
   */
  record Throttled(Duration retryAfter, String reason) implements Verdict {}

  /**
   * Nothing was taken because the node can't write now.
   *
   * @param reason a few fixed words
   */
  record Unavailable(Duration retryAfter, String reason) implements Verdict {}
}
