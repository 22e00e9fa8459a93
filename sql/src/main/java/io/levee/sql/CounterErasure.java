package io.levee.sql;

import io.levee.engine.erase.ErasureStore.Counter;
import io.levee.engine.erase.ErasureStore.Loss;
import io.levee.engine.erase.ErasureStore.Remains;
import io.levee.engine.erase.ErasureStore.Users;
import io.levee.event.EventHeader;
import io.levee.event.Fingerprint;
import io.levee.event.ProjectId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Takes events out of what issues count, within the caller's transaction. An issue of one
 * fingerprint counts itself; one that has parts is the sum of them.
 */
final class CounterErasure {
  private static final String PUT_SKETCH =
      "INSERT INTO issue_users (issue, sketch) VALUES (?, ?)"
          + " ON CONFLICT (issue) DO UPDATE SET sketch = excluded.sketch";

  /** Stands for a title that only deleted events had. */
  private static final String NO_TITLE = "(deleted)";

  private final SqlDatabase database;
  private final Handle handle;

  CounterErasure(SqlDatabase database, Handle handle) {
    this.database = database;
    this.handle = handle;
  }

  /** Counts users as issues do. */
  static final class SketchedUsers implements Users {
    private final DistinctSketch sketch = new DistinctSketch();

    @Override
    public void add(String userKey) {
      boolean ignored = sketch.add(DistinctSketch.hash(userKey));
    }
  }

  List<Counter> of(ProjectId project, Set<Fingerprint> fingerprints) {
    Set<Long> rows = new LinkedHashSet<>();
    for (Fingerprint print : fingerprints) {
      handle
          .createQuery(
              "SELECT COALESCE(part, issue) FROM issue_fingerprint WHERE project = ?"
                  + " AND version = ? AND hash_high = ? AND hash_low = ? AND joins = 0")
          .bind(0, project.value())
          .bind(1, print.version())
          .bind(2, print.high())
          .bind(3, print.low())
          .mapTo(Long.class)
          .findOne()
          .ifPresent(rows::add);
    }
    return rows.stream().map(row -> new Counter(row, prints(row))).toList();
  }

  private List<Fingerprint> prints(long row) {
    return handle
        .createQuery(
            "SELECT version, hash_high, hash_low FROM issue_fingerprint"
                + " WHERE COALESCE(part, issue) = ? AND joins = 0 ORDER BY ordinal")
        .bind(0, row)
        .map((each, context) -> new Fingerprint(each.getInt(1), each.getLong(2), each.getLong(3)))
        .list();
  }

  /** Takes the losses from their counters, and from the issues that these are parts of. */
  void take(List<Loss> losses, String actor, Instant at) throws SQLException {
    Map<Long, Long> lostBy = new TreeMap<>();
    for (Loss loss : losses) {
      long row = loss.counter().row();
      Optional<Long> whole = issueOfPart(row);
      boolean left = take(loss);
      if (!left && whole.isEmpty()) {
        drop(row);
      } else if (!left) {
        dropPart(row);
      }
      if (left || whole.isPresent()) {
        lostBy.merge(whole.orElse(row), loss.events(), Long::sum);
      }
    }
    for (Map.Entry<Long, Long> each : lostBy.entrySet()) {
      if (sumUp(each.getKey())) {
        log(each.getKey(), each.getValue(), SqlText.storable(actor), Micros.of(at));
      }
    }
  }

  private Optional<Long> issueOfPart(long row) {
    return handle
        .createQuery("SELECT issue FROM issue_part WHERE part = ?")
        .bind(0, row)
        .mapTo(Long.class)
        .findOne();
  }

  /** False when nothing is left to count. */
  private boolean take(Loss loss) {
    long row = loss.counter().row();
    handle.execute("UPDATE issue SET events = events - ? WHERE id = ?", loss.events(), row);
    loss.byHour()
        .forEach((hour, events) ->
            handle.execute(
                "UPDATE issue_hour SET events = events - ? WHERE issue = ? AND hour = ?",
                events,
                row,
                hour));
    handle.execute("DELETE FROM issue_hour WHERE issue = ? AND events <= 0", row);
    Remains remains = loss.remains();
    if (remains == null) {
      long events =
          handle
              .createQuery("SELECT events FROM issue WHERE id = ?")
              .bind(0, row)
              .mapTo(Long.class)
              .findOne()
              .orElse(0L);
      describe(row, NO_TITLE, null);
      users(row, new DistinctSketch());
      return events > 0;
    }
    EventHeader newest = EventHeader.of(remains.newest(), null);
    describe(row, SqlText.storable(newest.title()), newest);
    users(row, ((SketchedUsers) remains.users()).sketch);
    moveEnds(row, loss, remains);
    return true;
  }

  private void describe(
      long row, String title, @org.jspecify.annotations.Nullable EventHeader newest) {
    String culprit = newest == null ? null : SqlText.storableOrNull(newest.culprit());
    String type = newest == null ? null : SqlText.storableOrNull(newest.exceptionType());
    handle.execute(
        "UPDATE issue SET title = ?, culprit = ?, exception_type = ?, logger = ?, search_text = ?"
            + " WHERE id = ?",
        title,
        culprit,
        type,
        newest == null ? null : SqlText.storableOrNull(newest.logger()),
        IssueState.searchText(title, culprit, type),
        row);
  }

  private void users(long row, DistinctSketch sketch) {
    handle.execute(PUT_SKETCH, row, sketch.encode());
    handle.execute("UPDATE issue SET users = ? WHERE id = ?", sketch.count(), row);
  }

  /** What was kept before the events that are kept now is not known to the index any more. */
  private void moveEnds(long row, Loss loss, Remains remains) {
    handle.execute(
        "UPDATE issue SET first_seen = ? WHERE id = ? AND first_seen >= ? AND first_seen < ?",
        Micros.of(remains.oldest()),
        row,
        Micros.of(loss.oldest()),
        Micros.of(remains.oldest()));
    handle.execute(
        "UPDATE issue SET last_seen = ? WHERE id = ? AND last_seen <= ? AND last_seen > ?",
        Micros.of(remains.newest().time()),
        row,
        Micros.of(loss.newest()),
        Micros.of(remains.newest().time()));
  }

  /** Makes an issue the sum of its parts, if it has any; false when it is gone. */
  private boolean sumUp(long issue) throws SQLException {
    IssueParts parts = new IssueParts(handle);
    List<Long> counting = parts.of(issue);
    List<IssueState> whole = IssueState.read(handle, List.of(issue), database.lockRows("i"));
    boolean hadParts =
        handle
                .createQuery("SELECT COUNT(*) FROM issue_fingerprint WHERE issue = ?")
                .bind(0, issue)
                .mapTo(Long.class)
                .one()
            > 0;
    if (whole.isEmpty() || !hadParts) {
      drop(issue);
      return false;
    }
    if (counting.isEmpty()) {
      return true;
    }
    IssueState sum =
        whole.getFirst().counting(IssueState.read(handle, counting, database.lockRows("i")));
    try (RowBatch rows = new RowBatch(handle, IssueState.UPDATE)) {
      rows.add(sum.updateRow());
      rows.finish();
    }
    byte[] sketch = sum.changedSketch();
    if (sketch != null) {
      handle.execute(PUT_SKETCH, issue, sketch);
    }
    handle.execute("DELETE FROM issue_hour WHERE issue = ?", issue);
    counting.forEach(part -> parts.addHours(issue, part));
    return true;
  }

  private void log(long issue, long events, String actor, long at) {
    handle.execute(
        "INSERT INTO issue_activity (id, issue, at, actor, from_status, to_status, regressed, kind,"
            + " detail, version) SELECT ?, i.id, ?, ?, i.status, i.status, i.regressed, 'erasure', ?,"
            + " COALESCE((SELECT w.version FROM issue_work w WHERE w.issue = i.id), 0)"
            + " FROM issue i WHERE i.id = ?",
        SqlRows.takeIds(handle, "activity", 1),
        at,
        actor,
        events + (events == 1 ? " event" : " events") + " of one user",
        issue);
  }

  private void dropPart(long part) {
    handle.execute("DELETE FROM issue_fingerprint WHERE part = ?", part);
    handle.execute("DELETE FROM issue WHERE id = ?", part);
  }

  /** Drops an issue, its parts, and what names it elsewhere. */
  void drop(long issue) {
    List<Long> rows = new ArrayList<>();
    rows.add(issue);
    rows.addAll(
        handle
            .createQuery("SELECT part FROM issue_part WHERE issue = ?")
            .bind(0, issue)
            .mapTo(Long.class)
            .list());
    for (long row : rows) {
      handle.execute("DELETE FROM issue_change_item WHERE issue = ?", row);
      handle.execute("UPDATE issue_merge SET title = ? WHERE other = ?", NO_TITLE, row);
      handle.execute("DELETE FROM issue WHERE id = ?", row); // And with it what hangs on it.
    }
  }
}
