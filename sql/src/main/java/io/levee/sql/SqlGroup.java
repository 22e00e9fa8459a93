package io.levee.sql;

import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A bus group whose positions move in the same transaction as its effects, so that each delivery
 * has its effect exactly once, however often it comes. Thread-safe.
 */
final class SqlGroup {
  /** The effect of deliveries that were never dealt with before. */
  @FunctionalInterface
  interface Effect {
    void apply(Handle handle, List<Delivery> fresh) throws SQLException;
  }

  private final SqlDatabase database;
  private final String name;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Positions reached;

  SqlGroup(SqlDatabase database, String name) {
    this.database = database;
    this.name = name;
  }

  String name() {
    return name;
  }

  /** The positions up to which effects are durable, as the database has them. */
  Positions committed() {
    return database.read("read positions", handle -> SqlRows.positions(handle, name, ""));
  }

  /** The same, remembered from the last batch of this process. */
  Positions reached() {
    lock.lock();
    try {
      if (reached == null) {
        reached = committed();
      }
      return reached;
    } finally {
      lock.unlock();
    }
  }

  /** Applies what is new of a batch, and moves the positions behind it. */
  void apply(List<Delivery> batch, Effect effect) {
    Positions next =
        database.write(
            "apply " + name,
            handle -> {
              Positions before = SqlRows.positions(handle, name, database.lockRows("p"));
              List<Delivery> fresh =
                  batch.stream().filter(d -> d.offset() >= before.offset(d.partition())).toList();
              if (fresh.isEmpty()) {
                return before;
              }
              Positions after = before.after(fresh);
              SqlRows.setPositions(handle, name, after);
              effect.apply(handle, distinct(fresh));
              return after;
            });
    lock.lock();
    try {
      reached = next;
    } finally {
      lock.unlock();
    }
  }

  /** Moves the positions behind a delivery without its effect. */
  void skip(Delivery delivery) {
    apply(List.of(delivery), (handle, fresh) -> {});
  }

  /** Applies a delivery that the positions have passed, the first time that it is replayed. */
  void replay(Delivery delivery, Effect effect) {
    database.update(
        "replay " + name,
        handle -> {
          int first =
              handle.execute(
                  "INSERT INTO replayed_delivery (group_name, bus_partition, bus_offset)"
                      + " VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                  name,
                  delivery.partition(),
                  delivery.offset());
          if (first > 0) {
            effect.apply(handle, List.of(delivery));
          }
        });
  }

  /** A batch that names a delivery twice means it once. */
  private static List<Delivery> distinct(List<Delivery> batch) {
    Set<Place> seen = new HashSet<>();
    return batch.stream().filter(d -> seen.add(new Place(d.partition(), d.offset()))).toList();
  }

  private record Place(int partition, long offset) {}
}
