package io.levee.sql;

import io.levee.engine.bus.Positions;
import org.jdbi.v3.core.Handle;

/** The rows that all stores share: counters of ids and the positions of groups. */
final class SqlRows {
  private SqlRows() {}

  /** Takes so many ids from a counter; they are never given again, and this is the first. */
  static long takeIds(Handle handle, String name, int count) {
    handle.execute("UPDATE id_sequence SET next_id = next_id + ? WHERE name = ?", count, name);
    long next =
        handle
            .createQuery("SELECT next_id FROM id_sequence WHERE name = ?")
            .bind(0, name)
            .mapTo(Long.class)
            .one();
    return next - count;
  }

  static Positions positions(Handle handle, String group, String lock) {
    return handle
        .createQuery("SELECT positions FROM subscriber_position p WHERE group_name = ?" + lock)
        .bind(0, group)
        .mapTo(String.class)
        .findOne()
        .map(Positions::decode)
        .orElse(Positions.START);
  }

  static void setPositions(Handle handle, String group, Positions positions) {
    handle.execute(
        "INSERT INTO subscriber_position (group_name, positions) VALUES (?, ?)"
            + " ON CONFLICT (group_name) DO UPDATE SET positions = excluded.positions",
        group,
        positions.encode());
  }
}
