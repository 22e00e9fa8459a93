package io.levee.engine.index;

import io.levee.event.CanonicalJson;
import io.levee.event.Event;

/**
 * An event as it lies in a store.
 *
 * @param json canonical JSON, UTF-8, without a line end; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on as it was read; nobody writes to it.
public record StoredEvent(byte[] json) {
  /** Parses it. */
  public Event event() {
    return CanonicalJson.read(json);
  }
}
