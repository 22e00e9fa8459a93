package io.levee.console;

import io.levee.engine.index.Histogram;
import io.levee.engine.issue.Issue;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.release.Deploy;
import io.levee.engine.release.Release;
import io.levee.engine.release.ReleaseStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The releases of a project, and one of them. */
final class ReleasePages {
  private static final int LIST_MAX = 100;
  private static final int ISSUES_MAX = 50;
  private static final int DEPLOYS_MAX = 50;
  private static final int MARKS_MAX = 100;
  private static final int TREND_BARS = 56;
  private static final String RANGE_STANDARD = "14d";

  private final Site site;

  ReleasePages(Site site) {
    this.site = site;
  }

  PageResponse handle(PageRequest request, Project project, List<String> rest) {
    if (rest.isEmpty()) {
      return list(request, project);
    }
    String name = request.param("name");
    if (rest.size() > 1 || !rest.getFirst().equals("one") || name == null) {
      return site.notFound(request, "There is no page at " + request.path() + ".");
    }
    Optional<Release> release = releases().release(Site.scope(project), name);
    return release.isPresent()
        ? one(request, project, release.get())
        : site.notFound(request, "This project has no release “" + name + "”.");
  }

  private ReleaseStore releases() {
    return site.ports().work().releases();
  }

  private PageResponse list(PageRequest request, Project project) {
    Instant now = site.now();
    List<ReleaseRow> rows =
        releases().releases(Site.scope(project), LIST_MAX).stream()
            .map(release -> ReleaseRow.of(release, now))
            .toList();
    return site.templates()
        .page(
            "releases",
            new ReleaseListView(
                site.shell(request, "Releases · " + project.name(), project, "releases"),
                "/p/" + project.slug() + "/releases",
                rows));
  }

  private PageResponse one(PageRequest request, Project project, Release release) {
    ProjectScope scope = Site.scope(project);
    Instant now = site.now();
    TimeChoice time = TimeChoice.of(request, now, RANGE_STANDARD);
    Query ofRelease = new Query.Term("release", release.name());
    Histogram histogram =
        site.ports().index().histogram(scope, ofRelease, time.range(), time.bucket(TREND_BARS));
    List<ReleaseView.NewIssue> issues =
        releases().newIn(scope, release.name(), ISSUES_MAX).stream()
            .flatMap(id -> site.ports().issues().find(scope, id).stream())
            .map(issue -> newIssue(issue, now))
            .toList();
    List<ReleaseView.DeployRow> deploys =
        releases().deploysOf(scope, release.name(), DEPLOYS_MAX).stream()
            .map(deploy -> ReleaseView.DeployRow.of(deploy, now))
            .toList();
    return site.templates()
        .page(
            "release",
            new ReleaseView(
                site.shell(request, release.name() + " · " + project.name(), project, "releases"),
                "/p/" + project.slug(),
                ReleaseRow.of(release, now),
                release,
                time,
                Chart.of(histogram, marks(site, scope, time.range())),
                issues,
                deploys));
  }

  private static ReleaseView.NewIssue newIssue(Issue issue, Instant now) {
    TitleText title = TitleText.of(issue.title(), issue.exceptionType());
    return new ReleaseView.NewIssue(
        issue.id().toString(),
        title.head(),
        title.detail(),
        issue.level().wireName(),
        issue.status().wireName(),
        Figures.compact(issue.events()),
        Figures.compact(issue.users()),
        TimeText.of(issue.firstSeen(), now));
  }

  /** The deploys of a range, for charts. */
  static List<Chart.Moment> marks(Site site, ProjectScope scope, TimeRange range) {
    return site.ports().work().releases().deploys(scope, range, MARKS_MAX).stream()
        .map(deploy -> new Chart.Moment(deploy.finished(), label(deploy)))
        .toList();
  }

  private static String label(Deploy deploy) {
    return deploy.environment().isEmpty()
        ? deploy.release()
        : deploy.release() + " to " + deploy.environment();
  }
}
