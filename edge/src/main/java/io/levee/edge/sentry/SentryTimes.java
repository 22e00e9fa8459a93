package io.levee.edge.sentry;

import io.levee.edge.decode.JsonFields;
import io.levee.edge.decode.Marks;
import io.levee.edge.decode.Timestamps;
import io.levee.event.EventBuilder;
import io.levee.event.Json;
import io.levee.event.Kind;
import io.levee.event.Mark;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When an event happened and how long it took.
 *
 * @param durationMillis of a transaction, from its start to its end
 */
record SentryTimes(Instant time, @Nullable Double durationMillis) {
  private static final double NANOS_A_MILLI = 1e6;

  void into(EventBuilder event) {
    event.time(time).durationMillis(durationMillis);
  }

  /**
   * Takes the time fields. A clock that is far off is corrected by what {@code sent_at} shows, with
   * a mark that keeps the client's own time.
   */
  static SentryTimes read(JsonFields fields, Kind kind, Source source, Extra extra, Marks marks) {
    Json sent = fields.take("timestamp");
    Instant claimed = Timestamps.parse(sent);
    if (claimed == null && sent != null) {
      fields.dropped("timestamp", sent, "seconds or RFC 3339");
    }
    Double duration = kind == Kind.TRANSACTION ? duration(fields, sent, claimed, extra) : null;
    Instant received = source.context().received();
    if (claimed == null) {
      return new SentryTimes(received, duration);
    }
    Instant time = source.corrected(claimed);
    if (!time.equals(claimed)) {
      marks.add("time", Mark.Change.CLAMPED, claimed.toString());
    }
    return new SentryTimes(time, duration);
  }

  private static @Nullable Double duration(
      JsonFields fields, @Nullable Json end, @Nullable Instant ended, Extra extra) {
    Json start = fields.take("start_timestamp");
    Instant started = Timestamps.parse(start);
    if (start == null) {
      return null;
    }
    if (started == null) {
      fields.dropped("start_timestamp", start, "seconds or RFC 3339");
      return null;
    }
    extra.keep("start_timestamp", start);
    if (ended == null || ended.isBefore(started)) {
      return null;
    }
    BigDecimal from = Timestamps.decimalSeconds(start);
    BigDecimal to = Timestamps.decimalSeconds(end);
    return from != null && to != null
        ? (Double) to.subtract(from).movePointRight(3).doubleValue()
        : (Double) (Duration.between(started, ended).toNanos() / NANOS_A_MILLI);
  }
}
