package io.levee.sql;

import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.measure.LedgerStore;
import io.levee.engine.measure.Outcome;
import io.levee.engine.measure.UsageStore;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.registry.Sender;
import io.levee.event.EventHeader;
import io.levee.event.ProjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The ledger in a relational database: a row for each project, key, minute, outcome, category and
 * reason.
 */
public final class SqlLedgerStore implements LedgerStore, UsageStore {
  /** Stands for requests that named no project that we know. */
  private static final long UNKNOWN = 0;

  /** Why something was sampled out. */
  private static final String BURST = "burst";

  private static final int ROWS_AT_ONCE = 5_000;
  private static final String ADD =
      "INSERT INTO ledger (project, sender_key, minute, outcome, category, reason, quantity)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (project, minute, sender_key, outcome, category, reason)"
          + " DO UPDATE SET quantity = ledger.quantity + excluded.quantity";
  private static final String ORDER =
      " ORDER BY at, project, sender_key, outcome, category, reason";

  private record Line(
      long project, String key, long minute, String outcome, String category, String reason) {}

  private final SqlDatabase database;
  private final SqlGroup group;

  /** Over a database that was or will be started before the first call. */
  public SqlLedgerStore(SqlDatabase database) {
    this.database = database;
    this.group = new SqlGroup(database, "measure");
  }

  @Override
  public String group() {
    return group.name();
  }

  @Override
  public Positions committed() {
    return group.committed();
  }

  /**
   * Counts events, not weights: what an event stands for besides itself was counted as sampled out
   * when it came in. One that was sampled out and is stored after all moves from the one line to
   * the other.
   */
  @Override
  public void apply(List<Delivery> batch) {
    group.apply(batch, SqlLedgerStore::count);
  }

  private static void count(Handle handle, List<Delivery> deliveries) throws SQLException {
    Map<Line, Long> lines = new HashMap<>();
    for (Delivery delivery : deliveries) {
      EventHeader header = delivery.record().header();
      Outcome outcome = header.sampledOut() ? Outcome.SAMPLED_OUT : Outcome.ACCEPTED;
      lines.merge(line(header, outcome), 1L, Long::sum);
      if (header.promoted()) {
        lines.merge(line(header, Outcome.SAMPLED_OUT), -1L, Long::sum);
      }
    }
    lines.values().removeIf(quantity -> quantity == 0);
    write(handle, lines);
    SqlUsage.write(handle, deliveries);
  }

  @Override
  public void skip(Delivery delivery) {
    group.skip(delivery);
  }

  @Override
  public void replay(Delivery delivery) {
    group.replay(delivery, SqlLedgerStore::count);
  }

  private static Line line(EventHeader header, Outcome outcome) {
    return new Line(
        header.project().value(),
        header.senderKey() == null ? "" : header.senderKey(),
        Micros.minute(header.received()),
        outcome.wireName(),
        header.kind().wireName(),
        outcome == Outcome.SAMPLED_OUT ? BURST : "");
  }

  /** Every batch was durable when {@link #apply} returned. */
  @Override
  public Positions flush() {
    return group.reached();
  }

  @Override
  public void add(List<LedgerEntry> entries) {
    Map<Line, Long> lines = new HashMap<>();
    for (LedgerEntry entry : entries) {
      lines.merge(line(entry), entry.quantity(), Long::sum);
    }
    if (!lines.isEmpty()) {
      database.update("add to ledger", handle -> write(handle, lines));
    }
  }

  @Override
  public boolean addOnce(long generation, List<LedgerEntry> entries) {
    if (generation < 1) {
      throw new IllegalArgumentException("generation: " + generation + " (expected: 1 or more)");
    }
    return database.write(
        "add to ledger once",
        handle -> {
          int moved =
              handle.execute(
                  "UPDATE ledger_generation SET generation = ?"
                      + " WHERE name = 'door' AND generation < ?",
                  generation,
                  generation);
          if (moved == 0) {
            return false;
          }
          Map<Line, Long> lines = new HashMap<>();
          for (LedgerEntry entry : entries) {
            lines.merge(line(entry), entry.quantity(), Long::sum);
          }
          write(handle, lines);
          return true;
        });
  }

  @Override
  public long generation() {
    return database.read(
        "read the ledger's generation",
        handle ->
            handle
                .createQuery("SELECT generation FROM ledger_generation WHERE name = 'door'")
                .mapTo(Long.class)
                .one());
  }

  @Override
  public Usage usage(Sender sender, Instant from, Instant to) {
    return database.read("read usage", handle -> SqlUsage.read(handle, sender, from, to));
  }

  private static Line line(LedgerEntry entry) {
    ProjectId project = entry.project();
    return new Line(
        project == null ? UNKNOWN : project.value(),
        SqlText.storable(entry.key()),
        Micros.minute(entry.minute()),
        entry.outcome().wireName(),
        SqlText.storable(entry.category()),
        SqlText.storable(entry.reason()));
  }

  private static void write(Handle handle, Map<Line, Long> lines) throws SQLException {
    try (RowBatch rows = new RowBatch(handle, ADD)) {
      for (Map.Entry<Line, Long> each : lines.entrySet()) {
        Line line = each.getKey();
        rows.add(
            line.project(),
            line.key(),
            line.minute(),
            line.outcome(),
            line.category(),
            line.reason(),
            each.getValue());
      }
      rows.finish();
    }
  }

  @Override
  public List<LedgerEntry> read(ProjectScope scope, TimeRange range) {
    return read(numbers(scope), range, 1);
  }

  @Override
  public List<LedgerEntry> sums(ProjectScope scope, TimeRange range, Duration step) {
    return read(numbers(scope), range, Math.max(1, step.toMinutes()));
  }

  private static List<Long> numbers(ProjectScope scope) {
    return new TreeSet<>(scope.projects()).stream().map(ProjectId::value).toList();
  }

  @Override
  public List<LedgerEntry> readUnknown(TimeRange range) {
    return read(List.of(UNKNOWN), range, 1);
  }

  private List<LedgerEntry> read(Collection<Long> projects, TimeRange range, long stepMinutes) {
    boolean each = stepMinutes == 1;
    String step = "(minute / " + stepMinutes + ") * " + stepMinutes;
    String sql =
        "SELECT project, sender_key, outcome, category, reason, "
            + (each ? "minute AS at, quantity" : step + " AS at, SUM(quantity) AS quantity")
            + " FROM ledger"
            + " WHERE minute >= ? AND minute < ? AND project IN ("
            + SqlText.parameters(projects.size())
            + ")"
            + (each ? "" : " GROUP BY at, project, sender_key, outcome, category, reason")
            + ORDER;
    return database.read(
        "read ledger",
        handle -> {
          Query query =
              handle
                  .createQuery(sql)
                  .bind(0, Micros.minuteAtOrAfter(range.from()))
                  .bind(1, Micros.minuteAtOrAfter(range.to()));
          int at = 2;
          for (long project : projects) {
            query.bind(at++, project);
          }
          return query.map((row, context) -> entry(row)).list();
        });
  }

  private static LedgerEntry entry(ResultSet row) throws SQLException {
    long project = row.getLong("project");
    return new LedgerEntry(
        project == UNKNOWN ? null : new ProjectId(project),
        row.getString("sender_key"),
        Micros.instant(row.getLong("at") * Micros.A_MINUTE),
        outcome(row.getString("outcome")),
        row.getString("category"),
        row.getString("reason"),
        row.getLong("quantity"));
  }

  private static Outcome outcome(String word) {
    Outcome outcome = Outcome.ofWireName(word);
    if (outcome == null) {
      throw new IllegalStateException("outcome: " + word + " (expected: one that we wrote)");
    }
    return outcome;
  }

  @Override
  public void retain(Instant from) {
    long oldest = Micros.minuteAtOrAfter(from);
    boolean more = true;
    while (more) {
      more = database.write("trim ledger", handle -> forgetSome(handle, oldest));
    }
    database.update("trim usage", handle -> SqlUsage.retain(handle, from));
  }

  /**
   * Forgets the oldest minutes, about so many rows.
   *
   * @return whether there may be more
   */
  private static boolean forgetSome(Handle handle, long oldest) {
    long before =
        handle
            .createQuery(
                "SELECT minute FROM ledger WHERE minute < ? ORDER BY minute LIMIT 1 OFFSET ?")
            .bind(0, oldest)
            .bind(1, ROWS_AT_ONCE)
            .mapTo(Long.class)
            .findOne()
            .map(minute -> minute + 1)
            .orElse(oldest);
    handle.execute("DELETE FROM ledger WHERE minute < ?", before);
    return before < oldest;
  }
}
