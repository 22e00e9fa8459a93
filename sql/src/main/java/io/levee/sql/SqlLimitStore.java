package io.levee.sql;

import io.levee.engine.accept.Limit;
import io.levee.engine.accept.LimitStore;
import io.levee.engine.accept.Limits;
import io.levee.engine.registry.Sender;
import java.util.EnumMap;
import java.util.Map;

/** The limits that somebody set, in a relational database: a row each. */
public final class SqlLimitStore implements LimitStore {
  private final SqlDatabase database;

  /** Over a database that was or will be started before the first call. */
  public SqlLimitStore(SqlDatabase database) {
    this.database = database;
  }

  @Override
  public Limits limits(Sender sender) {
    Map<String, Long> rows =
        database.read(
            "read limits",
            handle ->
                handle
                    .createQuery(
                        "SELECT name, amount FROM limit_setting"
                            + " WHERE project = ? AND sender_key = ?")
                    .bind(0, sender.project().value())
                    .bind(1, sender.key())
                    .map((row, context) -> Map.entry(row.getString("name"), row.getLong("amount")))
                    .collectToMap(Map.Entry::getKey, Map.Entry::getValue));
    Map<Limit, Long> values = new EnumMap<>(Limit.class);
    rows.forEach((name, amount) -> {
      Limit limit = Limit.ofWireName(name);
      if (limit == null) {
        throw new IllegalStateException("limit: " + name + " (expected: one that we wrote)");
      }
      values.put(limit, amount);
    });
    return values.isEmpty() ? Limits.NONE : new Limits(values);
  }

  @Override
  public void change(Sender sender, Limits limits) {
    database.update(
        "change limits",
        handle -> {
          handle.execute(
              "DELETE FROM limit_setting WHERE project = ? AND sender_key = ?",
              sender.project().value(),
              sender.key());
          for (Map.Entry<Limit, Long> each : limits.values().entrySet()) {
            handle.execute(
                "INSERT INTO limit_setting (project, sender_key, name, amount)"
                    + " VALUES (?, ?, ?, ?)",
                sender.project().value(),
                sender.key(),
                each.getKey().wireName(),
                each.getValue());
          }
        });
  }
}
