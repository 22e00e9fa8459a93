package io.levee.edge.sentry;

import io.levee.edge.decode.DecodeContext;
import io.levee.edge.decode.Timestamps;
import io.levee.event.EventId;
import io.levee.event.Json;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an item's decoder must know that stands outside of the item.
 *
 * @param header the envelope's; empty for a store body
 * @param eventId the id in the envelope's header, which wins over the payload's; null when another
 *     item took it or there is none
 * @param drift how far the client's clock is behind ours; zero when it is near enough
 */
record Source(DecodeContext context, Json.Obj header, @Nullable EventId eventId, Duration drift) {
  /** Nearer clocks are left alone: the way here takes time too. */
  static final Duration DRIFT_IGNORED = Duration.ofMinutes(1);

  static Source of(DecodeContext context, Json.Obj header) {
    String id = header.text("event_id");
    return new Source(
        context, header, id == null ? null : id(id), drift(header, context.received()));
  }

  Source withoutEventId() {
    return new Source(context, header, null, drift);
  }

  /** A client's id; null when it is malformed or all zero, which stands for none. */
  static @Nullable EventId id(String text) {
    EventId id = EventId.parse(text);
    return id == null || (id.high() == 0 && id.low() == 0) ? null : id;
  }

  /** A client's time, by our clock. */
  Instant corrected(Instant time) {
    return drift.isZero() ? time : time.plus(drift);
  }

  private static Duration drift(Json.Obj header, Instant received) {
    Instant sent = Timestamps.parse(header.get("sent_at"));
    if (sent == null) {
      return Duration.ZERO;
    }
    Duration drift = Duration.between(sent, received);
    return drift.abs().compareTo(DRIFT_IGNORED) > 0 ? drift : Duration.ZERO;
  }
}
