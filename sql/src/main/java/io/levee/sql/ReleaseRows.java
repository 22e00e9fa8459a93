package io.levee.sql;

import io.levee.engine.release.ReleaseOrder;
import io.levee.engine.release.ReleaseStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of releases, within the caller's transaction. */
final class ReleaseRows {
  private static final int LOOKUP_ROWS = 500;

  private static final String UPDATE =
      "UPDATE app_release SET first_seen = CASE WHEN ? < first_seen THEN ? ELSE first_seen END,"
          + " last_seen = CASE WHEN last_seen IS NULL OR ? > last_seen THEN ? ELSE last_seen END,"
          + " events = events + ? WHERE project = ? AND name = ?";
  private static final String INSERT =
      "INSERT INTO app_release (project, name, first_seen, last_seen, events)"
          + " VALUES (?, ?, ?, ?, ?)";

  private final Handle handle;

  ReleaseRows(Handle handle) {
    this.handle = handle;
  }

  boolean exists(long project, String name) {
    return firstSeen(project, name) != null;
  }

  /** When a release was first heard of; null when never. */
  @Nullable Instant firstSeen(long project, String name) {
    return handle
        .createQuery("SELECT first_seen FROM app_release WHERE project = ? AND name = ?")
        .bind(0, project)
        .bind(1, SqlText.storable(name))
        .map((row, context) -> Micros.instant(row.getLong(1)))
        .findOne()
        .orElse(null);
  }

  /** A project's latest release; null when it has none. */
  @Nullable String latest(long project) {
    List<Map.Entry<String, Instant>> all =
        handle
            .createQuery("SELECT name, first_seen FROM app_release WHERE project = ?")
            .bind(0, project)
            .map((row, context) ->
                Map.entry(row.getString("name"), Micros.instant(row.getLong("first_seen"))))
            .list();
    List<Map.Entry<String, Instant>> sorted =
        ReleaseOrder.latestFirst(all, Map.Entry::getKey, Map.Entry::getValue);
    return sorted.isEmpty() ? null : sorted.getFirst().getKey();
  }

  int count(long project) {
    return handle
        .createQuery("SELECT COUNT(*) FROM app_release WHERE project = ?")
        .bind(0, project)
        .mapTo(Integer.class)
        .one();
  }

  /** What a batch saw of one release. */
  private static final class Seen {
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long events;

    void add(IssueDelta.OfRelease more) {
      first = Math.min(first, more.firstSeen());
      last = Math.max(last, more.lastSeen());
      events += more.events();
    }
  }

  /** Counts what a batch's errors say of releases, and adds those that are new. */
  void write(Iterable<IssueDelta> deltas) throws SQLException {
    Map<Long, Map<String, Seen>> byProject = new LinkedHashMap<>();
    for (IssueDelta delta : deltas) {
      Map<String, Seen> ofProject =
          byProject.computeIfAbsent(delta.project().value(), id -> new HashMap<>());
      delta
          .ofReleases()
          .forEach((name, seen) -> ofProject.computeIfAbsent(name, n -> new Seen()).add(seen));
    }
    for (Map.Entry<Long, Map<String, Seen>> each : byProject.entrySet()) {
      if (!each.getValue().isEmpty()) {
        write(each.getKey(), each.getValue());
      }
    }
  }

  private void write(long project, Map<String, Seen> seen) throws SQLException {
    Set<String> known = known(project, List.copyOf(seen.keySet()));
    int room = known.size() == seen.size() ? 0 : ReleaseStore.RELEASES_MAX - count(project);
    try (RowBatch updates = new RowBatch(handle, UPDATE);
        RowBatch inserts = new RowBatch(handle, INSERT)) {
      for (Map.Entry<String, Seen> each : seen.entrySet()) {
        Seen of = each.getValue();
        if (known.contains(each.getKey())) {
          updates.add(of.first, of.first, of.last, of.last, of.events, project, each.getKey());
        } else if (room-- > 0) {
          inserts.add(project, each.getKey(), of.first, of.last, of.events);
        }
      }
      updates.finish();
      inserts.finish();
    }
  }

  private Set<String> known(long project, List<String> names) {
    Set<String> known = new HashSet<>();
    for (int from = 0; from < names.size(); from += LOOKUP_ROWS) {
      List<String> some = names.subList(from, Math.min(from + LOOKUP_ROWS, names.size()));
      List<Object> parameters = new ArrayList<>();
      parameters.add(project);
      parameters.addAll(some);
      var query =
          handle.createQuery(
              "SELECT name FROM app_release WHERE project = ? AND name IN ("
                  + SqlText.parameters(some.size())
                  + ")");
      for (int i = 0; i < parameters.size(); i++) {
        query.bind(i, parameters.get(i));
      }
      known.addAll(query.mapTo(String.class).list());
    }
    return known;
  }
}
