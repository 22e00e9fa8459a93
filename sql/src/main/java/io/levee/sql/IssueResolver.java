package io.levee.sql;

import io.levee.event.Fingerprint;
import io.levee.event.ProjectId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Finds the issues of a batch's fingerprints, within the caller's transaction. A fingerprint that
 * is known decides; of one that is not, the first of its other variants that is known; if none is,
 * a new issue is made. Then all of them are known. A fingerprint that came to an issue of another
 * gets a part of its own there. Made for one batch and thrown away.
 */
final class IssueResolver {
  /** How many fingerprints of its own an issue counts apart; further ones share a part. */
  static final int PARTS_MAX = 100;

  /** How many fingerprints are learned that are no event's own. */
  static final int JOINS_MAX = 200;

  private static final int LOOKUP_ROWS = 400;
  private static final String INSERT =
      "INSERT INTO issue_fingerprint (project, version, hash_high, hash_low, issue, ordinal, part,"
          + " joins, pinned) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)";
  private static final String CLAIM =
      "UPDATE issue_fingerprint SET joins = 0, ordinal = 1, part = ? WHERE project = ?"
          + " AND version = ? AND hash_high = ? AND hash_low = ?";
  private static final String ATTACH =
      "INSERT INTO issue_part (part, issue, shell) VALUES (?, ?, 0)";

  /** Where a fingerprint belongs; part 0: the issue has none. */
  private record Home(long issue, long part, boolean joins) {}

  /** A fingerprint to be written down, and the event's own that brought it. */
  private record Learned(IssueDelta.Key key, IssueDelta.Key with) {}

  private final Handle handle;
  private final String lock;
  private final IssueParts parts;
  private final Map<IssueDelta.Key, Home> homes = new HashMap<>();
  private final Set<Long> created = new LinkedHashSet<>();
  private final Map<Long, List<IssueDelta>> newcomers = new LinkedHashMap<>();
  private final Map<IssueDelta.Key, Home> cameBy = new HashMap<>();
  private final Set<IssueDelta.Key> founders = new LinkedHashSet<>();
  private final List<IssueDelta.Key> claimed = new ArrayList<>();
  private final List<IssueDelta.Key> joined = new ArrayList<>();
  private final List<Learned> learned = new ArrayList<>();
  private final Map<Long, Long> newParts = new LinkedHashMap<>();
  private final Map<Long, IssueState> states = new HashMap<>();
  private long nextId;

  IssueResolver(SqlDatabase database, Handle handle) {
    this.handle = handle;
    this.lock = database.lockRows("i");
    this.parts = new IssueParts(handle);
  }

  /** Decides for all deltas; a fingerprint is in them once. */
  void resolve(List<IssueDelta> deltas) throws SQLException {
    lookUp(deltas);
    long unknown = deltas.stream().filter(delta -> !isOwn(homes.get(delta.key()))).count();
    nextId = unknown == 0 ? 0 : SqlRows.takeIds(handle, "issue", (int) unknown);
    deltas.forEach(this::settle);
    for (Map.Entry<Long, List<IssueDelta>> each : newcomers.entrySet()) {
      giveParts(each.getKey(), each.getValue(), deltas);
    }
    dropLearnedOverLimit();
    readStates(deltas);
  }

  private static boolean isOwn(@Nullable Home home) {
    return home != null && !home.joins();
  }

  private void settle(IssueDelta delta) {
    IssueDelta.Key key = delta.key();
    Home own = homes.get(key);
    if (!isOwn(own)) {
      Home by = own != null ? own : knownVariant(delta);
      if (by == null) {
        long issue = nextId++;
        created.add(issue);
        founders.add(key);
        homes.put(key, new Home(issue, 0, false));
      } else {
        (own != null ? claimed : joined).add(key);
        cameBy.put(key, by);
        newcomers.computeIfAbsent(by.issue(), issue -> new ArrayList<>()).add(delta);
        homes.put(key, new Home(by.issue(), 0, false));
      }
    }
    learnVariants(delta);
  }

  private @Nullable Home knownVariant(IssueDelta delta) {
    for (Fingerprint variant : delta.variants()) {
      Home home = homes.get(new IssueDelta.Key(delta.project(), variant));
      if (home != null) {
        return home;
      }
    }
    return null;
  }

  private void learnVariants(IssueDelta delta) {
    Home own = homes.get(delta.key());
    for (Fingerprint variant : delta.variants()) {
      IssueDelta.Key key = new IssueDelta.Key(delta.project(), variant);
      if (own != null && !homes.containsKey(key)) {
        homes.put(key, new Home(own.issue(), own.part(), true));
        learned.add(new Learned(key, delta.key()));
      }
    }
  }

  private void giveParts(long issue, List<IssueDelta> those, List<IssueDelta> deltas) {
    List<Long> known = created.contains(issue) ? List.of() : parts.of(issue);
    int count = known.size();
    if (created.contains(issue)) {
      for (IssueDelta delta : deltas) {
        if (founders.contains(delta.key()) && home(delta.key()).issue() == issue) {
          move(delta.key(), newPart(issue, SqlRows.takeIds(handle, "issue", 1)));
          count++;
        }
      }
    } else if (count == 0) {
      long first = parts.begin(issue);
      homes.replaceAll((key, home) ->
          home.issue() == issue && home.part() == 0 ? new Home(issue, first, home.joins()) : home);
      known = List.of(first);
      count++;
    }
    for (IssueDelta delta : those) {
      boolean room = count < PARTS_MAX;
      long shared = sharedPart(delta.key(), known);
      move(delta.key(), room || shared == 0 ? newPart(issue, nextId++) : shared);
      count++;
    }
  }

  private long sharedPart(IssueDelta.Key key, List<Long> known) {
    Home by = cameBy.get(key);
    return by != null && by.part() != 0 ? by.part() : known.isEmpty() ? 0 : known.getLast();
  }

  private long newPart(long issue, long part) {
    newParts.put(part, issue);
    return part;
  }

  private void move(IssueDelta.Key key, long part) {
    Home home = home(key);
    homes.put(key, new Home(home.issue(), part, home.joins()));
  }

  private Home home(IssueDelta.Key key) {
    Home home = homes.get(key);
    if (home == null) {
      throw new IllegalStateException("no issue for " + key.fingerprint());
    }
    return home;
  }

  /** Variants differ with every version of a library: they must not fill the table. */
  private void dropLearnedOverLimit() {
    Map<Long, Integer> counts = new HashMap<>();
    learned.removeIf(one -> {
      long issue = home(one.with()).issue();
      int before = counts.computeIfAbsent(issue, this::joinsOf);
      counts.put(issue, before + 1);
      return before >= JOINS_MAX;
    });
  }

  private int joinsOf(long issue) {
    return created.contains(issue)
        ? 0
        : handle
            .createQuery("SELECT COUNT(*) FROM issue_fingerprint WHERE issue = ? AND joins = 1")
            .bind(0, issue)
            .mapTo(Integer.class)
            .one();
  }

  private void lookUp(List<IssueDelta> deltas) throws SQLException {
    Set<IssueDelta.Key> wanted = new LinkedHashSet<>();
    for (IssueDelta delta : deltas) {
      wanted.add(delta.key());
      delta.variants().forEach(v -> wanted.add(new IssueDelta.Key(delta.project(), v)));
    }
    List<IssueDelta.Key> all = List.copyOf(wanted);
    for (int from = 0; from < all.size(); from += LOOKUP_ROWS) {
      lookUpSome(all.subList(from, Math.min(from + LOOKUP_ROWS, all.size())));
    }
  }

  private void lookUpSome(List<IssueDelta.Key> keys) throws SQLException {
    String sql =
        "WITH wanted (project, version, hash_high, hash_low) AS (VALUES "
            + SqlText.rows(keys.size(), 4)
            + ") SELECT f.project, f.version, f.hash_high, f.hash_low, f.issue, f.part, f.joins"
            + " FROM wanted w JOIN issue_fingerprint f ON f.project = w.project"
            + " AND f.version = w.version AND f.hash_high = w.hash_high AND f.hash_low = w.hash_low";
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      int at = 1;
      for (IssueDelta.Key key : keys) {
        statement.setLong(at++, key.project().value());
        statement.setInt(at++, key.fingerprint().version());
        statement.setLong(at++, key.fingerprint().high());
        statement.setLong(at++, key.fingerprint().low());
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Fingerprint fingerprint =
              new Fingerprint(rows.getInt(2), rows.getLong(3), rows.getLong(4));
          homes.put(
              new IssueDelta.Key(new ProjectId(rows.getLong(1)), fingerprint),
              new Home(rows.getLong(5), rows.getLong(6), rows.getInt(7) != 0));
        }
      }
    }
  }

  private void readStates(List<IssueDelta> deltas) throws SQLException {
    Set<Long> wanted = new LinkedHashSet<>();
    for (IssueDelta delta : deltas) {
      Home home = home(delta.key());
      wanted.add(home.issue());
      wanted.add(home.part());
    }
    wanted.remove(0L);
    wanted.removeAll(created);
    wanted.removeAll(newParts.keySet());
    IssueState.read(handle, List.copyOf(wanted), lock)
        .forEach(state -> states.put(state.id(), state));
    for (IssueDelta delta : deltas) {
      Home home = home(delta.key());
      if (created.contains(home.issue())) {
        states.computeIfAbsent(home.issue(), id -> new IssueState(id, delta));
      }
      if (newParts.containsKey(home.part())) {
        states.computeIfAbsent(home.part(), id -> new IssueState(id, delta));
      }
    }
  }

  /** The issue of each delta; many may have the same. */
  Map<IssueDelta, IssueState> issues(List<IssueDelta> deltas) {
    Map<IssueDelta, IssueState> issueOf = new LinkedHashMap<>();
    deltas.forEach(delta -> issueOf.put(delta, state(home(delta.key()).issue())));
    return issueOf;
  }

  /** The part of each delta whose issue has parts. */
  Map<IssueDelta, IssueState> parts(List<IssueDelta> deltas) {
    Map<IssueDelta, IssueState> partOf = new LinkedHashMap<>();
    for (IssueDelta delta : deltas) {
      long part = home(delta.key()).part();
      if (part != 0) {
        partOf.put(delta, state(part));
      }
    }
    return partOf;
  }

  private IssueState state(long id) {
    IssueState state = states.get(id);
    if (state == null) {
      throw new IllegalStateException("no row for issue " + id);
    }
    return state;
  }

  /** Writes down what was learned; the rows of issues and parts are there by now. */
  void write() throws SQLException {
    try (RowBatch attached = new RowBatch(handle, ATTACH);
        RowBatch inserts = new RowBatch(handle, INSERT);
        RowBatch claims = new RowBatch(handle, CLAIM)) {
      for (Map.Entry<Long, Long> each : newParts.entrySet()) {
        attached.add(each.getKey(), each.getValue());
      }
      attached.finish();
      for (IssueDelta.Key key : founders) {
        insert(inserts, key, home(key), 0);
      }
      for (IssueDelta.Key key : joined) {
        insert(inserts, key, home(key), 1);
      }
      for (Learned one : learned) {
        Home with = home(one.with());
        insert(inserts, one.key(), new Home(with.issue(), with.part(), true), 2);
      }
      inserts.finish();
      for (IssueDelta.Key key : claimed) {
        Fingerprint fingerprint = key.fingerprint();
        claims.add(
            home(key).part(),
            key.project().value(),
            fingerprint.version(),
            fingerprint.high(),
            fingerprint.low());
      }
      claims.finish();
    }
  }

  private static void insert(RowBatch rows, IssueDelta.Key key, Home home, int ordinal)
      throws SQLException {
    Fingerprint fingerprint = key.fingerprint();
    rows.add(
        key.project().value(),
        fingerprint.version(),
        fingerprint.high(),
        fingerprint.low(),
        home.issue(),
        ordinal,
        home.part() == 0 ? null : (Object) home.part(),
        home.joins() ? 1 : 0);
  }
}
