package io.levee.sql;

import io.levee.engine.issue.IssueId;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.release.Deploy;
import io.levee.engine.release.Release;
import io.levee.engine.release.ReleaseOrder;
import io.levee.event.ProjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads releases and deploys within the caller's transaction. */
final class ReleaseReader {
  private static final int OF_ISSUE_MAX = 500;
  private static final String RELEASE =
      "SELECT r.*, (SELECT COUNT(*) FROM issue i WHERE i.project = r.project"
          + " AND i.first_release = r.name) AS new_issues, (SELECT COUNT(*) FROM deploy d"
          + " WHERE d.project = r.project AND d.release_name = r.name) AS deploys"
          + " FROM app_release r WHERE ";

  private final Handle handle;

  ReleaseReader(Handle handle) {
    this.handle = handle;
  }

  /** All are put in order by their names alone; only those that are asked for are read whole. */
  List<Release> list(ProjectScope scope, int limit) {
    record Name(long project, String name, Instant firstSeen) {}
    List<Name> names =
        bound(
                "SELECT r.project, r.name, r.first_seen FROM app_release r WHERE "
                    + inScope("r", scope),
                projects(scope))
            .map((row, context) ->
                new Name(row.getLong(1), row.getString(2), Micros.instant(row.getLong(3))))
            .list();
    List<Release> releases = new ArrayList<>();
    for (Name each : ReleaseOrder.latestFirst(names, Name::name, Name::firstSeen)) {
      if (releases.size() == limit) {
        break;
      }
      bound(RELEASE + "r.project = ? AND r.name = ?", List.of(each.project(), each.name()))
          .map((row, context) -> release(row))
          .forEach(releases::add);
    }
    return releases;
  }

  Optional<Release> find(ProjectScope scope, String name) {
    List<Object> parameters = new ArrayList<>(projects(scope));
    parameters.add(SqlText.storable(name));
    return bound(RELEASE + inScope("r", scope) + " AND r.name = ?", parameters)
        .map((row, context) -> release(row))
        .findFirst();
  }

  private static Release release(ResultSet row) throws SQLException {
    return new Release(
        new ProjectId(row.getLong("project")),
        row.getString("name"),
        Micros.instant(row.getLong("first_seen")),
        instantOrNull(row, "last_seen"),
        row.getLong("events"),
        row.getLong("new_issues"),
        instantOrNull(row, "released"),
        row.getString("url"),
        row.getString("ref"),
        row.getInt("deploys"));
  }

  private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : Micros.instant(micros);
  }

  List<Deploy> deploys(ProjectScope scope, TimeRange range, int limit) {
    List<Object> parameters = new ArrayList<>(projects(scope));
    parameters.addAll(List.of(Micros.of(range.from()), Micros.of(range.to()), limit));
    return deploys(inScope("d", scope) + " AND d.finished >= ? AND d.finished < ?", parameters);
  }

  List<Deploy> deploysOf(ProjectScope scope, String release, int limit) {
    List<Object> parameters = new ArrayList<>(projects(scope));
    parameters.addAll(List.of(SqlText.storable(release), limit));
    return deploys(inScope("d", scope) + " AND d.release_name = ?", parameters);
  }

  Optional<Deploy> deploy(ProjectScope scope, long id) {
    List<Object> parameters = new ArrayList<>(projects(scope));
    parameters.addAll(List.of(id, 1));
    return deploys(inScope("d", scope) + " AND d.id = ?", parameters).stream().findFirst();
  }

  /** The last deploy of a release that finished before a moment. */
  @Nullable Deploy lastDeploy(long project, String release, long beforeMicros) {
    return deploys(
            "d.project = ? AND d.release_name = ? AND d.finished <= ?",
            List.of(project, release, beforeMicros, 1))
        .stream()
        .findFirst()
        .orElse(null);
  }

  private List<Deploy> deploys(String condition, List<?> parametersAndLimit) {
    return bound(
            "SELECT d.* FROM deploy d WHERE "
                + condition
                + " ORDER BY d.finished DESC, d.id DESC LIMIT ?",
            parametersAndLimit)
        .map((row, context) -> deploy(row))
        .list();
  }

  private static Deploy deploy(ResultSet row) throws SQLException {
    return new Deploy(
        row.getLong("id"),
        new ProjectId(row.getLong("project")),
        row.getString("release_name"),
        row.getString("environment"),
        row.getString("name"),
        row.getString("url"),
        row.getString("description"),
        instantOrNull(row, "started"),
        Micros.instant(row.getLong("finished")),
        row.getString("actor"),
        row.getString("user_name"),
        row.getString("user_email"));
  }

  List<String> ofIssue(ProjectScope scope, long issue) {
    List<Object> parameters = new ArrayList<>(projects(scope));
    parameters.add(issue);
    List<Map.Entry<String, Instant>> names =
        bound(
                "SELECT x.name, COALESCE(r.first_seen, 0) FROM issue_release x"
                    + " JOIN issue i ON i.id = x.issue LEFT JOIN app_release r"
                    + " ON r.project = x.project AND r.name = x.name WHERE "
                    + inScope("i", scope)
                    + " AND x.issue = ?",
                parameters)
            .map((row, context) -> Map.entry(row.getString(1), Micros.instant(row.getLong(2))))
            .list();
    return ReleaseOrder.latestFirst(names, Map.Entry::getKey, Map.Entry::getValue).stream()
        .map(Map.Entry::getKey)
        .limit(OF_ISSUE_MAX)
        .toList();
  }

  List<IssueId> newIn(ProjectScope scope, String release, int limit) {
    List<Object> parameters = new ArrayList<>(projects(scope));
    parameters.addAll(List.of(SqlText.storable(release), limit));
    return bound(
            "SELECT i.id FROM issue i WHERE "
                + inScope("i", scope)
                + " AND i.first_release = ? ORDER BY i.events DESC, i.id DESC LIMIT ?",
            parameters)
        .map((row, context) -> new IssueId(row.getLong(1)))
        .list();
  }

  private static String inScope(String alias, ProjectScope scope) {
    return alias + ".project IN (" + SqlText.parameters(scope.projects().size()) + ")";
  }

  private static List<Long> projects(ProjectScope scope) {
    return scope.projects().stream().map(ProjectId::value).sorted().toList();
  }

  private Query bound(String sql, List<?> parameters) {
    Query query = handle.createQuery(sql);
    for (int i = 0; i < parameters.size(); i++) {
      query.bind(i, parameters.get(i));
    }
    return query;
  }
}
