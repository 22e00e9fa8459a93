package io.levee.edge.decode;

import io.levee.event.Event;
import java.util.List;

/** What came of decoding a body. */
public sealed interface Decoded {
  /**
   * It was well-formed.
   *
   * @param events in the order in which they came; without fingerprint, not yet scrubbed
   * @param counted what else was in it
   */
  record Events(List<Event> events, List<Counted> counted) implements Decoded {
    public Events {
      events = List.copyOf(events);
      counted = List.copyOf(counted);
    }
  }

  /**
   * It was not.
   *
   * @param message what is wrong and what was expected, without content
   * @param where in words: {@code item 2, byte 117}; empty when it is the whole
   */
  record Malformed(String message, String where) implements Decoded {
    /** Both in one sentence. */
    public String sentence() {
      return where.isEmpty() ? message : message + " (" + where + ")";
    }
  }

  /**
   * It is more than we are willing to read.
   *
   * @param message which limit, its value, and where
   */
  record TooLarge(String message) implements Decoded {}
}
