package io.levee.sql;

import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.measure.LedgerStore;
import io.levee.engine.measure.Outcome;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.EventHeader;
import io.levee.event.ProjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The ledger in a relational database: a row for each project, minute, outcome, category and
 * reason.
 */
public final class SqlLedgerStore implements LedgerStore {
  /** Stands for requests that named no project that we know. */
  private static final long UNKNOWN = 0;

  private static final int ROWS_AT_ONCE = 5_000;
  private static final String ADD =
      "INSERT INTO ledger (project, minute, outcome, category, reason, quantity)"
          + " VALUES (?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (project, minute, outcome, category, reason)"
          + " DO UPDATE SET quantity = ledger.quantity + excluded.quantity";
  private static final String ORDER = " ORDER BY minute, project, outcome, category, reason";

  private record Line(long project, long minute, String outcome, String category, String reason) {}

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
   * when it came in.
   */
  @Override
  public void apply(List<Delivery> batch) {
    group.apply(batch, SqlLedgerStore::count);
  }

  private static void count(Handle handle, List<Delivery> deliveries) throws SQLException {
    Map<Line, Long> lines = new HashMap<>();
    for (Delivery delivery : deliveries) {
      lines.merge(accepted(delivery.record().header()), 1L, Long::sum);
    }
    write(handle, lines);
  }

  @Override
  public void skip(Delivery delivery) {
    group.skip(delivery);
  }

  @Override
  public void replay(Delivery delivery) {
    group.replay(delivery, SqlLedgerStore::count);
  }

  private static Line accepted(EventHeader header) {
    return new Line(
        header.project().value(),
        Micros.minute(header.received()),
        Outcome.ACCEPTED.wireName(),
        header.kind().wireName(),
        "");
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

  private static Line line(LedgerEntry entry) {
    ProjectId project = entry.project();
    return new Line(
        project == null ? UNKNOWN : project.value(),
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
    return read(new TreeSet<>(scope.projects()).stream().map(ProjectId::value).toList(), range);
  }

  @Override
  public List<LedgerEntry> readUnknown(TimeRange range) {
    return read(List.of(UNKNOWN), range);
  }

  private List<LedgerEntry> read(Collection<Long> projects, TimeRange range) {
    String sql =
        "SELECT project, minute, outcome, category, reason, quantity FROM ledger"
            + " WHERE minute >= ? AND minute < ? AND project IN ("
            + SqlText.parameters(projects.size())
            + ")"
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
        Micros.instant(row.getLong("minute") * Micros.A_MINUTE),
        outcome(row.getString("outcome")),
        row.getString("category"),
        row.getString("reason"),
        row.getLong("quantity"));
  }

  private static Outcome outcome(String word) {
    for (Outcome outcome : Outcome.values()) {
      if (outcome.wireName().equals(word)) {
        return outcome;
      }
    }
    throw new IllegalStateException("outcome: " + word + " (expected: one that we wrote)");
  }

  @Override
  public void retain(Instant from) {
    long oldest = Micros.minuteAtOrAfter(from);
    boolean more = true;
    while (more) {
      more = database.write("trim ledger", handle -> forgetSome(handle, oldest));
    }
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
