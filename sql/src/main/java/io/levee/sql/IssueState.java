package io.levee.sql;

import io.levee.engine.issue.IssueStatus;
import io.levee.engine.run.BackendException;
import io.levee.event.EventHeader;
import io.levee.event.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The row of one issue while a batch is added to it: read once, changed in memory, written once.
 * Used by one thread.
 */
final class IssueState {
  /** The columns that {@link #read} wants, of an issue called i and its sketch called u. */
  static final String COLUMNS =
      "i.id, i.status, i.status_since, i.regressed, i.level, i.events, i.users, i.first_seen,"
          + " i.last_seen, i.title, i.culprit, i.exception_type, i.platform, i.logger,"
          + " i.first_release, i.last_release, u.sketch";

  static final String INSERT =
      "INSERT INTO issue (status, status_since, regressed, level, events, users, first_seen,"
          + " last_seen, title, culprit, exception_type, platform, logger, first_release,"
          + " last_release, search_text, id, project) VALUES ("
          + SqlText.parameters(18)
          + ")";
  static final String UPDATE =
      "UPDATE issue SET status = ?, status_since = ?, regressed = ?, level = ?, events = ?,"
          + " users = ?, first_seen = ?, last_seen = ?, title = ?, culprit = ?,"
          + " exception_type = ?, platform = ?, logger = ?, first_release = ?, last_release = ?,"
          + " search_text = ? WHERE id = ?";

  private static final int LOOKUP_ROWS = 500;

  private final long id;
  private final boolean created;
  private final DistinctSketch sketch;
  private boolean sketchChanged;
  private IssueStatus status = IssueStatus.UNRESOLVED;
  private long statusSince;
  private boolean regressed;
  private Level level;
  private long events;
  private long users;
  private long firstSeen;
  private long lastSeen;
  private String title;
  private @Nullable String culprit;
  private @Nullable String exceptionType;
  private @Nullable String platform;
  private @Nullable String logger;
  private @Nullable String firstRelease;
  private @Nullable String lastRelease;
  private @Nullable ReleaseFix fix;

  /** A new issue, as yet without the events of the delta that it is made for. */
  IssueState(long id, IssueDelta first) {
    this.id = id;
    this.created = true;
    this.sketch = new DistinctSketch();
    this.sketchChanged = true;
    this.statusSince = first.receivedMicros();
    this.level = first.level();
    this.firstSeen = first.firstSeen();
    this.lastSeen = first.lastSeen();
    this.title = SqlText.storable(first.newest().title());
    this.firstRelease = first.firstRelease();
  }

  /** The decisions of one, the counts of another. */
  private IssueState(IssueState decided, IssueState counted) {
    this.id = decided.id;
    this.created = false;
    this.status = decided.status;
    this.statusSince = decided.statusSince;
    this.regressed = decided.regressed;
    this.sketch = new DistinctSketch();
    this.sketchChanged = true;
    sketch.addAll(counted.sketch);
    this.level = counted.level;
    this.events = counted.events;
    this.users = counted.users;
    this.firstSeen = counted.firstSeen;
    this.lastSeen = counted.lastSeen;
    this.title = counted.title;
    this.culprit = counted.culprit;
    this.exceptionType = counted.exceptionType;
    this.platform = counted.platform;
    this.logger = counted.logger;
    this.firstRelease = counted.firstRelease;
    this.lastRelease = counted.lastRelease;
  }

  private IssueState(ResultSet row) throws SQLException {
    this.created = false;
    this.id = row.getLong("id");
    this.status = StatusCode.status(row.getInt("status"));
    this.statusSince = row.getLong("status_since");
    this.regressed = row.getInt("regressed") != 0;
    this.level = Level.ofCode(row.getInt("level"));
    this.events = row.getLong("events");
    this.users = row.getLong("users");
    this.firstSeen = row.getLong("first_seen");
    this.lastSeen = row.getLong("last_seen");
    this.title = row.getString("title");
    this.culprit = row.getString("culprit");
    this.exceptionType = row.getString("exception_type");
    this.platform = row.getString("platform");
    this.logger = row.getString("logger");
    this.firstRelease = row.getString("first_release");
    this.lastRelease = row.getString("last_release");
    byte[] bytes = row.getBytes("sketch");
    this.sketch = bytes == null ? new DistinctSketch() : DistinctSketch.decode(bytes);
  }

  /**
   * The issue of a row with {@link #COLUMNS}.
   *
   * @throws IllegalArgumentException when the sketch is damaged
   */
  static IssueState read(ResultSet row) throws SQLException {
    return new IssueState(row);
  }

  /**
   * Reads the rows with these ids; those that aren't there are left out.
   *
   * @param lock what follows a SELECT whose rows are about to be updated
   */
  static List<IssueState> read(Handle handle, List<Long> ids, String lock) {
    List<IssueState> states = new ArrayList<>(ids.size());
    for (int from = 0; from < ids.size(); from += LOOKUP_ROWS) {
      List<Long> some = ids.subList(from, Math.min(from + LOOKUP_ROWS, ids.size()));
      Query query =
          handle.createQuery(
              "SELECT "
                  + COLUMNS
                  + " FROM issue i LEFT JOIN issue_users u ON u.issue = i.id WHERE i.id IN ("
                  + SqlText.parameters(some.size())
                  + ")"
                  + lock);
      for (int i = 0; i < some.size(); i++) {
        query.bind(i, some.get(i));
      }
      states.addAll(query.map((row, context) -> readOrSay(row)).list());
    }
    return states;
  }

  private static IssueState readOrSay(ResultSet row) throws SQLException {
    try {
      return read(row);
    } catch (IllegalArgumentException e) {
      throw new BackendException.Corrupt("database", "read issue", "issue " + row.getLong("id"), e);
    }
  }

  long id() {
    return id;
  }

  /** Counts another's events in too: whose they are doesn't matter. */
  void absorb(IssueState other) {
    events += other.events;
    level = other.level.compareTo(level) > 0 ? other.level : level;
    sketchChanged |= sketch.addAll(other.sketch);
    users = sketch.count();
    if (other.firstRelease != null && (firstRelease == null || other.firstSeen < firstSeen)) {
      firstRelease = other.firstRelease;
    }
    if (other.lastRelease != null && (lastRelease == null || other.lastSeen >= lastSeen)) {
      lastRelease = other.lastRelease;
    }
    if (other.lastSeen > lastSeen) {
      title = other.title;
      culprit = other.culprit;
      exceptionType = other.exceptionType;
      platform = other.platform;
      logger = other.logger;
    }
    firstSeen = Math.min(firstSeen, other.firstSeen);
    lastSeen = Math.max(lastSeen, other.lastSeen);
  }

  /** The same decisions about the events of others: what is left when some were taken away. */
  IssueState counting(List<IssueState> parts) {
    IssueState sum = new IssueState(this, parts.getFirst());
    parts.subList(1, parts.size()).forEach(sum::absorb);
    return sum;
  }

  /** Makes it one that nobody has decided anything about. */
  void undecided(long at) {
    status = IssueStatus.UNRESOLVED;
    statusSince = at;
    regressed = false;
  }

  boolean created() {
    return created;
  }

  IssueStatus status() {
    return status;
  }

  long events() {
    return events;
  }

  long users() {
    return users;
  }

  @Nullable String lastRelease() {
    return lastRelease;
  }

  /** Says that it is resolved in a release, so that events of older ones don't reopen it. */
  void resolvedIn(ReleaseFix release) {
    this.fix = release;
  }

  long statusSince() {
    return statusSince;
  }

  /**
   * Adds what a batch has to say.
   *
   * @return whether that reopened it
   */
  boolean merge(IssueDelta delta) {
    events += delta.events();
    if (delta.level().compareTo(level) > 0) {
      level = delta.level();
    }
    for (String user : delta.userKeys()) {
      sketchChanged |= sketch.add(DistinctSketch.hash(user));
    }
    users = sketchChanged ? sketch.count() : users;
    mergeReleases(delta);
    if (delta.lastSeen() >= lastSeen) {
      describe(delta.newest());
    }
    firstSeen = Math.min(firstSeen, delta.firstSeen());
    lastSeen = Math.max(lastSeen, delta.lastSeen());
    return reopen(delta);
  }

  private void mergeReleases(IssueDelta delta) {
    if (delta.firstRelease() != null && (firstRelease == null || delta.firstSeen() < firstSeen)) {
      firstRelease = delta.firstRelease();
    }
    if (delta.lastRelease() != null && (lastRelease == null || delta.lastSeen() >= lastSeen)) {
      lastRelease = delta.lastRelease();
    }
  }

  private void describe(EventHeader newest) {
    title = SqlText.storable(newest.title());
    culprit = SqlText.storableOrNull(newest.culprit());
    exceptionType = SqlText.storableOrNull(newest.exceptionType());
    platform = SqlText.storableOrNull(newest.platform());
    logger = SqlText.storableOrNull(newest.logger());
  }

  /** Only what came in after somebody resolved it speaks against that. */
  private boolean reopen(IssueDelta delta) {
    if (status != IssueStatus.RESOLVED || delta.receivedMicros() <= statusSince) {
      return false;
    }
    if (fix != null && !fix.isBrokenBy(delta, statusSince)) {
      return false;
    }
    status = IssueStatus.UNRESOLVED;
    statusSince = delta.receivedMicros();
    regressed = true;
    return true;
  }

  /** The sketch's bytes when they must be written, else null. */
  byte @Nullable [] changedSketch() {
    return sketchChanged ? sketch.encode() : null;
  }

  /** The row for {@link #INSERT}. */
  @Nullable Object[] insertRow(long project) {
    return row(id, project);
  }

  /** The row for {@link #UPDATE}. */
  @Nullable Object[] updateRow() {
    return row(id);
  }

  private @Nullable Object[] row(Object... tail) {
    @Nullable Object[] columns = {
      StatusCode.of(status),
      statusSince,
      regressed ? 1 : 0,
      level.code(),
      events,
      users,
      firstSeen,
      lastSeen,
      title,
      culprit,
      exceptionType,
      platform,
      logger,
      firstRelease,
      lastRelease,
      searchText(title, culprit, exceptionType)
    };
    @Nullable Object[] all = Arrays.copyOf(columns, columns.length + tail.length);
    System.arraycopy(tail, 0, all, columns.length, tail.length);
    return all;
  }

  /** What searching for words looks at. */
  static String searchText(String title, @Nullable String culprit, @Nullable String exceptionType) {
    return SqlText.folded(
        title
            + "\n"
            + Objects.requireNonNullElse(culprit, "")
            + "\n"
            + Objects.requireNonNullElse(exceptionType, ""));
  }
}
