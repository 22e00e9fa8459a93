package io.levee.sql;

import io.levee.engine.issue.Issue;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.release.Deploy;
import io.levee.engine.release.Suspect;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Finds the release that most likely brought an issue: that of its first event, if the project had
 * errors of other releases before, of which none was this one; without one, the last deploy of the
 * day before.
 */
final class SuspectSearch {
  private static final Duration DEPLOY_LOOKED_BACK = Duration.ofDays(1);

  private final Handle handle;

  SuspectSearch(Handle handle) {
    this.handle = handle;
  }

  Optional<Suspect> find(ProjectScope scope, long issue) {
    Optional<Issue> found = new IssueReader(handle).find(scope, issue);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    String release = found.get().firstRelease();
    return release == null ? byDeploy(found.get()) : byRelease(found.get(), release);
  }

  private Optional<Suspect> byRelease(Issue issue, String release) {
    long project = issue.project().value();
    Instant seen = new ReleaseRows(handle).firstSeen(project, release);
    long firstMicros = Micros.of(issue.firstSeen());
    long before =
        handle
            .createQuery(
                "SELECT COUNT(*) FROM app_release WHERE project = ? AND first_seen < ?"
                    + " AND name <> ? AND last_seen IS NOT NULL")
            .bind(0, project)
            .bind(1, seen == null ? firstMicros : Micros.of(seen))
            .bind(2, release)
            .mapTo(Long.class)
            .one();
    if (before == 0) {
      return Optional.empty();
    }
    Deploy deploy = new ReleaseReader(handle).lastDeploy(project, release, firstMicros);
    Instant since = deploy != null ? deploy.finished() : seen == null ? issue.firstSeen() : seen;
    String reason =
        "Its first event is of this release; "
            + (before == 1 ? "the release" : "the " + before + " releases")
            + " before it had none.";
    return Optional.of(new Suspect(release, reason, deploy, since));
  }

  private Optional<Suspect> byDeploy(Issue issue) {
    return handle
        .createQuery(
            "SELECT id FROM deploy WHERE project = ? AND finished <= ? AND finished >= ?"
                + " ORDER BY finished DESC, id DESC LIMIT 1")
        .bind(0, issue.project().value())
        .bind(1, Micros.of(issue.firstSeen()))
        .bind(2, Micros.of(issue.firstSeen().minus(DEPLOY_LOOKED_BACK)))
        .mapTo(Long.class)
        .findOne()
        .flatMap(id -> new ReleaseReader(handle).deploy(ProjectScope.of(issue.project()), id))
        .map(deploy ->
            new Suspect(
                deploy.release(),
                "It was deployed last before the first event, which names no release.",
                deploy,
                deploy.finished()));
  }
}
