package io.levee.sql;

import io.levee.engine.issue.IssueId;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.release.Deploy;
import io.levee.engine.release.NewDeploy;
import io.levee.engine.release.NewRelease;
import io.levee.engine.release.Release;
import io.levee.engine.release.ReleaseStore;
import io.levee.engine.release.Suspect;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Releases and deploys in a relational database. */
public final class SqlReleaseStore implements ReleaseStore {
  private final SqlDatabase database;

  /** Over a database that was or will be started before the first call. */
  public SqlReleaseStore(SqlDatabase database) {
    this.database = database;
  }

  @Override
  public List<Release> releases(ProjectScope scope, int limit) {
    return database.read("list releases", handle -> new ReleaseReader(handle).list(scope, limit));
  }

  @Override
  public Optional<Release> release(ProjectScope scope, String name) {
    return database.read("find release", handle -> new ReleaseReader(handle).find(scope, name));
  }

  @Override
  public Optional<Release> put(ProjectId project, NewRelease release, Instant at) {
    return database.write(
        "put release",
        handle -> {
          if (!add(handle, project, release.name(), at)) {
            return Optional.empty();
          }
          handle.execute(
              "UPDATE app_release SET released = COALESCE(?, released), url = COALESCE(?, url),"
                  + " ref = COALESCE(?, ref) WHERE project = ? AND name = ?",
              microsOrNull(release.released()),
              SqlText.storableOrNull(release.url()),
              SqlText.storableOrNull(release.ref()),
              project.value(),
              SqlText.storable(release.name()));
          return new ReleaseReader(handle).find(ProjectScope.of(project), release.name());
        });
  }

  /** Whether the project knows the release afterwards. */
  private static boolean add(Handle handle, ProjectId project, String name, Instant at) {
    ReleaseRows rows = new ReleaseRows(handle);
    if (rows.exists(project.value(), name)) {
      return true;
    }
    if (rows.count(project.value()) >= RELEASES_MAX) {
      return false;
    }
    handle.execute(
        "INSERT INTO app_release (project, name, first_seen, events) VALUES (?, ?, ?, 0)",
        project.value(),
        SqlText.storable(name),
        Micros.of(at));
    return true;
  }

  private static @Nullable Long microsOrNull(@Nullable Instant time) {
    return time == null ? null : (Long) Micros.of(time);
  }

  @Override
  public Deploy deploy(ProjectId project, NewDeploy deploy, String actor, Instant at) {
    return database.write(
        "add deploy",
        handle -> {
          Instant known = deploy.finished().isBefore(at) ? deploy.finished() : at;
          var _ = add(handle, project, deploy.release(), known);
          long id = SqlRows.takeIds(handle, "deploy", 1);
          handle.execute(
              "INSERT INTO deploy (id, project, release_name, environment, name, url, description,"
                  + " started, finished, actor, user_name, user_email) VALUES ("
                  + SqlText.parameters(12)
                  + ")",
              id,
              project.value(),
              SqlText.storable(deploy.release()),
              SqlText.storable(deploy.environment()),
              SqlText.storableOrNull(deploy.name()),
              SqlText.storableOrNull(deploy.url()),
              SqlText.storableOrNull(deploy.description()),
              microsOrNull(deploy.started()),
              Micros.of(deploy.finished()),
              SqlText.storable(actor),
              SqlText.storableOrNull(deploy.userName()),
              SqlText.storableOrNull(deploy.userEmail()));
          handle.execute(
              "DELETE FROM deploy WHERE project = ? AND id NOT IN (SELECT id FROM deploy"
                  + " WHERE project = ? ORDER BY finished DESC, id DESC LIMIT ?)"
                  + " AND (SELECT COUNT(*) FROM deploy WHERE project = ?) > ?",
              project.value(),
              project.value(),
              DEPLOYS_MAX,
              project.value(),
              DEPLOYS_MAX);
          return new ReleaseReader(handle).deploy(ProjectScope.of(project), id).orElseThrow();
        });
  }

  @Override
  public List<Deploy> deploys(ProjectScope scope, TimeRange range, int limit) {
    return database.read(
        "list deploys", handle -> new ReleaseReader(handle).deploys(scope, range, limit));
  }

  @Override
  public List<Deploy> deploysOf(ProjectScope scope, String release, int limit) {
    return database.read(
        "list deploys", handle -> new ReleaseReader(handle).deploysOf(scope, release, limit));
  }

  @Override
  public Optional<Deploy> findDeploy(ProjectScope scope, long id) {
    return database.read("find deploy", handle -> new ReleaseReader(handle).deploy(scope, id));
  }

  @Override
  public boolean removeDeploy(ProjectScope scope, long id) {
    return database.write(
        "remove deploy",
        handle ->
            new ReleaseReader(handle).deploy(scope, id).isPresent()
                && handle.execute("DELETE FROM deploy WHERE id = ?", id) > 0);
  }

  @Override
  public List<String> ofIssue(ProjectScope scope, IssueId issue) {
    return database.read(
        "list releases", handle -> new ReleaseReader(handle).ofIssue(scope, issue.value()));
  }

  @Override
  public List<IssueId> newIn(ProjectScope scope, String release, int limit) {
    return database.read(
        "list new issues", handle -> new ReleaseReader(handle).newIn(scope, release, limit));
  }

  @Override
  public Optional<Suspect> suspect(ProjectScope scope, IssueId issue) {
    return database.read(
        "find suspect", handle -> new SuspectSearch(handle).find(scope, issue.value()));
  }
}
