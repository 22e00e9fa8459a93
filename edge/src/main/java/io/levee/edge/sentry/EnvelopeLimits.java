package io.levee.edge.sentry;

import io.levee.event.JsonLimits;

/**
 * How much of an envelope we are willing to read; past a limit the whole envelope is too large.
 *
 * @param headerBytesMax the envelope's header, or an item's
 * @param itemsMax items of an envelope
 * @param eventBytesMax an event or a transaction
 * @param containerBytesMax a container of logs
 * @param reportBytesMax a client report
 * @param json how much JSON a payload may be
 */
public record EnvelopeLimits(
    int headerBytesMax,
    int itemsMax,
    int eventBytesMax,
    int containerBytesMax,
    int reportBytesMax,
    JsonLimits json) {
  /** Relay's values where it has some. */
  public static final EnvelopeLimits DEFAULT =
      new EnvelopeLimits(64 << 10, 1_000, 1 << 20, 12 << 20, 100 << 10, JsonLimits.DEFAULT);
}
