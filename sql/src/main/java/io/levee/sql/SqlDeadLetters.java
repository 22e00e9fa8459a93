package io.levee.sql;

import io.levee.engine.bus.DeadLetter;
import io.levee.engine.bus.DeadLetters;
import io.levee.engine.bus.Delivery;
import io.levee.engine.run.BackendException;
import io.levee.event.EventRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Dead letters in a relational database, each with its whole event. */
public final class SqlDeadLetters implements DeadLetters {
  private static final int CAUSE_CHARS_MAX = 2_000;

  private final SqlDatabase database;

  /** Over a database that was or will be started before the first call. */
  public SqlDeadLetters(SqlDatabase database) {
    this.database = database;
  }

  @Override
  public void add(String group, Delivery delivery, int attempts, String cause, Instant time) {
    String stored = SqlText.storable(cause);
    String cut = stored.substring(0, Math.min(stored.length(), CAUSE_CHARS_MAX));
    database.update(
        "add dead letter",
        handle ->
            handle.execute(
                "INSERT INTO dead_letter (id, group_name, bus_partition, bus_offset, record,"
                    + " attempts, cause, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (group_name, bus_partition, bus_offset) DO NOTHING",
                SqlRows.takeIds(handle, "dead_letter", 1),
                group,
                delivery.partition(),
                delivery.offset(),
                delivery.record().encode(),
                attempts,
                cut,
                Micros.of(time)));
  }

  @Override
  public List<DeadLetter> list(String group, int limit) {
    return database.read(
        "list dead letters",
        handle ->
            handle
                .createQuery(
                    "SELECT id, group_name, bus_partition, bus_offset, record, attempts, cause, at"
                        + " FROM dead_letter WHERE group_name = ? ORDER BY id DESC LIMIT ?")
                .bind(0, group)
                .bind(1, limit)
                .map((row, context) -> letter(row))
                .list());
  }

  private DeadLetter letter(ResultSet row) throws SQLException {
    long id = row.getLong("id");
    return new DeadLetter(
        id,
        row.getString("group_name"),
        row.getInt("bus_partition"),
        row.getLong("bus_offset"),
        record(id, row.getBytes("record")),
        row.getInt("attempts"),
        row.getString("cause"),
        Micros.instant(row.getLong("at")));
  }

  private EventRecord record(long id, byte[] bytes) {
    try {
      return EventRecord.decode(bytes);
    } catch (IllegalArgumentException e) {
      throw new BackendException.Corrupt(database.name(), "read dead letter", "letter " + id, e);
    }
  }

  @Override
  public Map<String, Long> counts() {
    return database.read(
        "count dead letters",
        handle -> {
          Map<String, Long> counts = new TreeMap<>();
          handle
              .createQuery(
                  "SELECT group_name, COUNT(*) AS letters FROM dead_letter GROUP BY group_name")
              .map((row, context) -> counts.put(row.getString(1), row.getLong(2)))
              .list();
          return Map.copyOf(counts);
        });
  }

  @Override
  public boolean remove(long id) {
    return database.write(
        "remove dead letter",
        handle -> handle.execute("DELETE FROM dead_letter WHERE id = ?", id) > 0);
  }
}
