package io.levee.sql;

import io.levee.engine.grouping.MergeStore.Part;
import io.levee.event.Fingerprint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Reads what an issue is made of, within the caller's transaction. */
final class IssuePartReader {
  private static final int ROWS_MAX = 1_000;

  private record Row(Fingerprint fingerprint, long part, boolean joins, boolean pinned) {}

  private final Handle handle;

  IssuePartReader(Handle handle) {
    this.handle = handle;
  }

  /** The parts, those with the most events first; an issue without parts is one. */
  List<Part> parts(long issue) {
    Map<Long, List<Row>> byPart = new LinkedHashMap<>();
    handle
        .createQuery(
            "SELECT version, hash_high, hash_low, COALESCE(part, issue), joins, pinned"
                + " FROM issue_fingerprint WHERE issue = ?"
                + " ORDER BY ordinal, hash_high, hash_low LIMIT ?")
        .bind(0, issue)
        .bind(1, ROWS_MAX)
        .map((row, context) ->
            new Row(
                new Fingerprint(row.getInt(1), row.getLong(2), row.getLong(3)),
                row.getLong(4),
                row.getInt(5) != 0,
                row.getInt(6) != 0))
        .forEach(row -> byPart.computeIfAbsent(row.part(), part -> new ArrayList<>()).add(row));
    List<Part> parts = new ArrayList<>();
    byPart.forEach((part, rows) -> {
      List<Fingerprint> own =
          rows.stream().filter(row -> !row.joins()).map(Row::fingerprint).toList();
      if (!own.isEmpty()) {
        int joins = rows.size() - own.size();
        boolean pinned = rows.stream().anyMatch(Row::pinned);
        handle
            .createQuery(
                "SELECT title, events, users, first_seen, last_seen FROM issue WHERE id = ?")
            .bind(0, part)
            .map((row, context) ->
                new Part(
                    own,
                    row.getString("title"),
                    row.getLong("events"),
                    row.getLong("users"),
                    Micros.instant(row.getLong("first_seen")),
                    Micros.instant(row.getLong("last_seen")),
                    pinned,
                    joins))
            .forEach(parts::add);
      }
    });
    parts.sort((one, other) -> Long.compare(other.events(), one.events()));
    return parts;
  }
}
