package io.levee.sql;

import io.levee.engine.bus.Delivery;
import io.levee.engine.measure.UsageStore.Usage;
import io.levee.engine.registry.Sender;
import io.levee.event.EventHeader;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What was taken of whom, an hour a row. */
final class SqlUsage {
  private static final String ADD =
      "INSERT INTO usage_hour (project, sender_key, hour, events, bytes) VALUES (?, ?, ?, ?, ?)"
          + " ON CONFLICT (project, sender_key, hour) DO UPDATE SET"
          + " events = usage_hour.events + excluded.events,"
          + " bytes = usage_hour.bytes + excluded.bytes";

  private record Hour(long project, String key, long hour) {}

  private SqlUsage() {}

  /** Adds what a batch of the bus holds. */
  static void write(Handle handle, List<Delivery> batch) throws SQLException {
    Map<Hour, Usage> hours = new HashMap<>();
    for (Delivery delivery : batch) {
      EventHeader header = delivery.record().header();
      if (header.promoted()) {
        continue; // It was taken when it was dropped.
      }
      String key = header.senderKey();
      Hour hour =
          new Hour(
              header.project().value(),
              key == null ? "" : SqlText.storable(key),
              Micros.hour(Micros.of(header.received())));
      hours.merge(
          hour,
          new Usage(1, delivery.record().body().length),
          (a, b) -> new Usage(a.events() + b.events(), a.bytes() + b.bytes()));
    }
    try (RowBatch rows = new RowBatch(handle, ADD)) {
      for (Map.Entry<Hour, Usage> each : hours.entrySet()) {
        Hour hour = each.getKey();
        Usage usage = each.getValue();
        rows.add(hour.project(), hour.key(), hour.hour(), usage.events(), usage.bytes());
      }
      rows.finish();
    }
  }

  static Usage read(Handle handle, Sender sender, Instant from, Instant to) {
    boolean oneKey = !sender.key().isEmpty();
    Query query =
        handle
            .createQuery(
                "SELECT COALESCE(SUM(events), 0) AS events, COALESCE(SUM(bytes), 0) AS bytes"
                    + " FROM usage_hour WHERE project = ? AND hour >= ? AND hour < ?"
                    + (oneKey ? " AND sender_key = ?" : ""))
            .bind(0, sender.project().value())
            .bind(1, Micros.hour(Micros.of(from)))
            .bind(2, Micros.hour(Micros.of(to)));
    if (oneKey) {
      query.bind(3, sender.key());
    }
    return query
        .map((row, context) -> new Usage(row.getLong("events"), row.getLong("bytes")))
        .one();
  }

  static void retain(Handle handle, Instant from) {
    handle.execute("DELETE FROM usage_hour WHERE hour < ?", Micros.hour(Micros.of(from)));
  }
}
