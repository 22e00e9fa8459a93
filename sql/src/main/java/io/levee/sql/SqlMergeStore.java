package io.levee.sql;

import io.levee.engine.grouping.MergeStore;
import io.levee.engine.issue.IssueId;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Fingerprint;
import io.levee.event.ProjectId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Merges in a relational database: a row of {@code issue_fingerprint} says which issue a
 * fingerprint belongs to, and the parts of an issue keep what each has to itself, see {@code
 * V8__issue_parts.sql}. What a merge costs goes with the hours that the issues were seen in, not
 * with their events.
 */
public final class SqlMergeStore implements MergeStore {
  private final SqlDatabase database;

  /** Over a database that was or will be started before the first call. */
  public SqlMergeStore(SqlDatabase database) {
    this.database = database;
  }

  @Override
  public Outcome merge(
      ProjectScope scope, IssueId into, Set<IssueId> others, String actor, Instant at) {
    Set<Long> ids = new TreeSet<>();
    others.forEach(other -> ids.add(other.value()));
    ids.remove(into.value());
    if (ids.isEmpty()) {
      return new Refused("issues: none but " + into + " itself (expected: another to merge)");
    }
    if (ids.size() > ISSUES_MAX) {
      return new Refused("issues: " + ids.size() + " (expected: up to " + ISSUES_MAX + ")");
    }
    return database.write(
        "merge issues",
        handle -> {
          Outcome refusal = refusal(handle, scope, into.value(), ids);
          if (refusal != null) {
            return refusal;
          }
          new IssueMerge(database, handle, SqlText.storable(actor), Micros.of(at))
              .merge(into.value(), ids);
          return new Done(List.of(into));
        });
  }

  private static @Nullable Outcome refusal(
      Handle handle, ProjectScope scope, long into, Set<Long> others) {
    Long project = project(handle, scope, into);
    if (project == null) {
      return new NotFound(new IssueId(into));
    }
    for (long other : others) {
      Long its = project(handle, scope, other);
      if (its == null) {
        return new NotFound(new IssueId(other));
      }
      if (!its.equals(project)) {
        return new OtherProject(new IssueId(other));
      }
    }
    return null;
  }

  private static @Nullable Long project(Handle handle, ProjectScope scope, long issue) {
    return handle
        .createQuery("SELECT project FROM issue WHERE id = ?")
        .bind(0, issue)
        .mapTo(Long.class)
        .findOne()
        .filter(project -> project > 0 && scope.projects().contains(new ProjectId(project)))
        .orElse(null);
  }

  @Override
  public Outcome unmerge(
      ProjectScope scope, IssueId issue, Set<Fingerprint> fingerprints, String actor, Instant at) {
    return database.write(
        "unmerge issue",
        handle -> {
          if (project(handle, scope, issue.value()) == null) {
            return new NotFound(issue);
          }
          return new IssueMerge(database, handle, SqlText.storable(actor), Micros.of(at))
              .unmerge(issue.value(), fingerprints);
        });
  }

  @Override
  public List<Part> parts(ProjectScope scope, IssueId issue) {
    return database.read(
        "read parts",
        handle ->
            project(handle, scope, issue.value()) == null
                ? List.of()
                : new IssuePartReader(handle).parts(issue.value()));
  }

  @Override
  public List<Merge> merges(ProjectScope scope, IssueId issue, int limit) {
    return database.read(
        "read merges",
        handle ->
            project(handle, scope, issue.value()) == null
                ? List.of()
                : handle
                    .createQuery(
                        "SELECT at, actor, merged, other, title FROM issue_merge"
                            + " WHERE issue = ? ORDER BY id DESC LIMIT ?")
                    .bind(0, issue.value())
                    .bind(1, limit)
                    .map((row, context) ->
                        new Merge(
                            Micros.instant(row.getLong("at")),
                            row.getString("actor"),
                            row.getInt("merged") != 0,
                            new IssueId(row.getLong("other")),
                            row.getString("title")))
                    .list());
  }

  @Override
  public Optional<IssueId> mergedInto(ProjectScope scope, IssueId issue) {
    return database.read(
        "find merged issue",
        handle ->
            handle
                .createQuery("SELECT issue FROM issue_part WHERE part = ?")
                .bind(0, issue.value())
                .mapTo(Long.class)
                .findOne()
                .filter(into -> project(handle, scope, into) != null)
                .map(IssueId::new));
  }

  @Override
  public int teach(ProjectScope scope, IssueId issue, Set<Fingerprint> fingerprints) {
    return database.write(
        "teach fingerprints",
        handle -> {
          Long project = project(handle, scope, issue.value());
          return project == null ? 0 : teach(handle, project, issue.value(), fingerprints);
        });
  }

  private static int teach(Handle handle, long project, long issue, Set<Fingerprint> fingerprints)
      throws SQLException {
    List<Long> parts = new IssueParts(handle).of(issue);
    Object part = parts.isEmpty() ? null : parts.getFirst();
    int learned = 0;
    for (Fingerprint fingerprint : fingerprints) {
      learned +=
          handle.execute(
              "INSERT INTO issue_fingerprint (project, version, hash_high, hash_low, issue, ordinal,"
                  + " part, joins, pinned) VALUES (?, ?, ?, ?, ?, 2, ?, 1, 0)"
                  + " ON CONFLICT (project, version, hash_high, hash_low) DO NOTHING",
              project,
              fingerprint.version(),
              fingerprint.high(),
              fingerprint.low(),
              issue,
              part);
    }
    return learned;
  }
}
