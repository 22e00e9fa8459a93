package io.levee.console;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Releases and deploys that it is told; every issue was in all of them. */
final class MemoryReleaseStore implements ReleaseStore {
  private final List<Release> releases = new ArrayList<>();
  private final List<Deploy> deploys = new ArrayList<>();

  @Override
  public List<Release> releases(ProjectScope scope, int limit) {
    return releases.reversed().stream()
        .filter(release -> scope.covers(release.project()))
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<Release> release(ProjectScope scope, String name) {
    return releases(scope, Integer.MAX_VALUE).stream()
        .filter(release -> release.name().equals(name))
        .findFirst();
  }

  @Override
  public Optional<Release> put(ProjectId project, NewRelease release, Instant at) {
    Release made =
        new Release(
            project,
            release.name(),
            at,
            at,
            12,
            1,
            release.released(),
            release.url(),
            release.ref(),
            1);
    releases.add(made);
    return Optional.of(made);
  }

  @Override
  public Deploy deploy(ProjectId project, NewDeploy deploy, String actor, Instant at) {
    Deploy made =
        new Deploy(
            deploys.size() + 1L,
            project,
            deploy.release(),
            deploy.environment(),
            deploy.name(),
            deploy.url(),
            deploy.description(),
            deploy.started(),
            deploy.finished(),
            actor,
            deploy.userName(),
            deploy.userEmail());
    deploys.add(made);
    return made;
  }

  @Override
  public List<Deploy> deploys(ProjectScope scope, TimeRange range, int limit) {
    return deploys.stream()
        .filter(deploy -> scope.covers(deploy.project()) && range.contains(deploy.finished()))
        .limit(limit)
        .toList();
  }

  @Override
  public List<Deploy> deploysOf(ProjectScope scope, String release, int limit) {
    return deploys.stream()
        .filter(deploy -> scope.covers(deploy.project()) && deploy.release().equals(release))
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<Deploy> findDeploy(ProjectScope scope, long id) {
    return deploys.stream().filter(deploy -> deploy.id() == id).findFirst();
  }

  @Override
  public boolean removeDeploy(ProjectScope scope, long id) {
    return deploys.removeIf(deploy -> deploy.id() == id);
  }

  @Override
  public List<String> ofIssue(ProjectScope scope, IssueId issue) {
    return releases(scope, Integer.MAX_VALUE).stream().map(Release::name).toList();
  }

  @Override
  public List<IssueId> newIn(ProjectScope scope, String release, int limit) {
    return List.of(new IssueId(1));
  }

  @Override
  public Optional<Suspect> suspect(ProjectScope scope, IssueId issue) {
    return releases(scope, 1).stream()
        .findFirst()
        .map(release ->
            new Suspect(
                release.name(),
                "Its first event is of this release; the release before it had none.",
                deploysOf(scope, release.name(), 1).stream().findFirst().orElse(null),
                release.firstSeen()));
  }
}
