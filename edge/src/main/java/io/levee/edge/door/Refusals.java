package io.levee.edge.door;

import io.levee.edge.net.HttpReply;
import java.time.Duration;

/** How the clients of one protocol are told no, before anything of theirs is read. Thread-safe. */
public interface Refusals {
  /** 429: the sender is over a limit. */
  HttpReply throttled(Duration retryAfter, String reason);

  /** 503: nobody's events are taken now. */
  HttpReply unavailable(Duration retryAfter, String reason);
}
