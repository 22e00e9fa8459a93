package io.levee.sql;

import io.levee.engine.bus.DeadLetter;
import io.levee.engine.bus.DeadLetters;
import io.levee.engine.bus.Delivery;
import io.levee.engine.run.BackendException;
import io.levee.event.EventRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;

/** Dead letters in a relational database, each with its whole event. */
public final class SqlDeadLetters implements DeadLetters {
  private static final int CAUSE_CHARS_MAX = 2_000;
  private static final int STACK_CHARS_MAX = 10_000;
  private static final long PAGE_BYTES_MAX = 8 << 20;
  private static final String COLUMNS =
      "SELECT id, group_name, bus_partition, bus_offset, record, attempts, cause, stack, at"
          + " FROM dead_letter ";

  private final SqlDatabase database;
  private final Limits limits;

  /** Over a database that was or will be started before the first call. */
  public SqlDeadLetters(SqlDatabase database) {
    this(database, Limits.DEFAULT);
  }

  /** The same with other limits. */
  public SqlDeadLetters(SqlDatabase database, Limits limits) {
    this.database = database;
    this.limits = limits;
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public void add(String group, Delivery delivery, DeadLetter.Failure failure) {
    byte[] record = delivery.record().encode();
    database.update(
        "add dead letter",
        handle -> {
          if (isKept(handle, group, delivery)) {
            return;
          }
          requireRoom(tally(handle, group), group, record.length);
          handle.execute(
              "INSERT INTO dead_letter (id, group_name, bus_partition, bus_offset, record,"
                  + " attempts, cause, stack, bytes, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              SqlRows.takeIds(handle, "dead_letter", 1),
              group,
              delivery.partition(),
              delivery.offset(),
              record,
              failure.attempts(),
              cut(failure.cause(), CAUSE_CHARS_MAX),
              cut(failure.stack(), STACK_CHARS_MAX),
              record.length,
              Micros.of(failure.time()));
        });
  }

  private static boolean isKept(Handle handle, String group, Delivery delivery) {
    return handle
            .createQuery(
                "SELECT COUNT(*) FROM dead_letter"
                    + " WHERE group_name = ? AND bus_partition = ? AND bus_offset = ?")
            .bind(0, group)
            .bind(1, delivery.partition())
            .bind(2, delivery.offset())
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  private void requireRoom(Tally kept, String group, int more) {
    if (kept.letters() >= limits.lettersMax() || kept.bytes() + more > limits.bytesMax()) {
      throw new BackendException.OverCapacity(
          "dead letters",
          "add",
          group
              + " has "
              + kept.letters()
              + " of "
              + kept.bytes()
              + " bytes (expected: fewer than "
              + limits.lettersMax()
              + " and "
              + limits.bytesMax()
              + " bytes); it waits until some are replayed or discarded");
    }
  }

  private static String cut(String text, int charsMax) {
    String stored = SqlText.storable(text);
    return stored.substring(0, Math.min(stored.length(), charsMax));
  }

  @Override
  public List<DeadLetter> list(String group, long before, int limit) {
    return database.read(
        "list dead letters",
        handle -> {
          List<DeadLetter> page = new ArrayList<>();
          long bytes = 0;
          try (ResultIterator<DeadLetter> rows =
              handle
                  .createQuery(COLUMNS + "WHERE group_name = ? AND id < ? ORDER BY id DESC LIMIT ?")
                  .bind(0, group)
                  .bind(1, before)
                  .bind(2, limit)
                  .map((row, context) -> letter(row))
                  .iterator()) {
            while (bytes < PAGE_BYTES_MAX && rows.hasNext()) {
              DeadLetter letter = rows.next();
              page.add(letter);
              bytes += letter.record().body().length;
            }
          }
          return List.copyOf(page);
        });
  }

  @Override
  public Optional<DeadLetter> find(long id) {
    return database.read(
        "find dead letter",
        handle ->
            handle
                .createQuery(COLUMNS + "WHERE id = ?")
                .bind(0, id)
                .map((row, context) -> letter(row))
                .findOne());
  }

  private DeadLetter letter(ResultSet row) throws SQLException {
    long id = row.getLong("id");
    return new DeadLetter(
        id,
        row.getString("group_name"),
        row.getInt("bus_partition"),
        row.getLong("bus_offset"),
        record(id, row.getBytes("record")),
        new DeadLetter.Failure(
            row.getInt("attempts"),
            row.getString("cause"),
            row.getString("stack"),
            Micros.instant(row.getLong("at"))));
  }

  private EventRecord record(long id, byte[] bytes) {
    try {
      return EventRecord.decode(bytes);
    } catch (IllegalArgumentException e) {
      throw new BackendException.Corrupt(database.name(), "read dead letter", "letter " + id, e);
    }
  }

  @Override
  public Map<String, Tally> tallies() {
    return database.read(
        "count dead letters",
        handle -> {
          Map<String, Tally> tallies = new TreeMap<>();
          handle
              .createQuery(
                  "SELECT group_name, COUNT(*), SUM(bytes) FROM dead_letter GROUP BY group_name")
              .map((row, context) -> tallies.put(row.getString(1), tally(row)))
              .list();
          return Map.copyOf(tallies);
        });
  }

  private static Tally tally(ResultSet row) throws SQLException {
    return new Tally(row.getLong(2), row.getLong(3));
  }

  private static Tally tally(Handle handle, String group) {
    return handle
        .createQuery(
            "SELECT group_name, COUNT(*), SUM(bytes) FROM dead_letter WHERE group_name = ?"
                + " GROUP BY group_name")
        .bind(0, group)
        .map((row, context) -> tally(row))
        .findOne()
        .orElse(Tally.NOTHING);
  }

  @Override
  public void failedAgain(long id, DeadLetter.Failure failure) {
    database.update(
        "update dead letter",
        handle ->
            handle.execute(
                "UPDATE dead_letter SET attempts = ?, cause = ?, stack = ?, at = ? WHERE id = ?",
                failure.attempts(),
                cut(failure.cause(), CAUSE_CHARS_MAX),
                cut(failure.stack(), STACK_CHARS_MAX),
                Micros.of(failure.time()),
                id));
  }

  @Override
  public boolean remove(long id) {
    return database.write(
        "remove dead letter",
        handle -> {
          forgetReplays(handle, "d.id = ?", id);
          return handle.execute("DELETE FROM dead_letter WHERE id = ?", id) > 0;
        });
  }

  @Override
  public int removeAll(String group, long upTo) {
    return database.write(
        "remove dead letters",
        handle -> {
          forgetReplays(handle, "d.group_name = ? AND d.id <= ?", group, upTo);
          return handle.execute(
              "DELETE FROM dead_letter WHERE group_name = ? AND id <= ?", group, upTo);
        });
  }

  /** That a letter had its effect matters as long as it is kept. */
  private static void forgetReplays(Handle handle, String which, Object... values) {
    handle.execute(
        "DELETE FROM replayed_delivery WHERE EXISTS (SELECT 1 FROM dead_letter d WHERE "
            + which
            + " AND d.group_name = replayed_delivery.group_name"
            + " AND d.bus_partition = replayed_delivery.bus_partition"
            + " AND d.bus_offset = replayed_delivery.bus_offset)",
        values);
  }
}
