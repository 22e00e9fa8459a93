package io.levee.console;

import io.levee.engine.issue.IssueFilter;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.ProjectScope;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How to connect an application to a project, until its first event is there. */
final class ConnectPages {
  private final Site site;

  ConnectPages(Site site) {
    this.site = site;
  }

  /**
   * What the page shows.
   *
   * @param dsn empty when the project has no key that may send
   * @param waiting whether nothing has arrived yet
   */
  record ConnectView(
      Shell shell, Project project, String dsn, List<Snippet> snippets, boolean waiting) {
    String arrivedPath() {
      return "/p/" + project.slug() + "/arrived";
    }
  }

  PageResponse handle(PageRequest request, Project project, String section) {
    if (!section.equals("arrived")) {
      return page(request, project);
    }
    if (isEmpty(project)) {
      return PageResponse.noContent();
    }
    ProjectScope scope = Site.scope(project);
    boolean issues = site.ports().issues().list(IssueFilter.all(scope, 1)).total() > 0;
    String target = "/p/" + project.slug() + (issues ? "/issues" : "/search?range=24h");
    return new PageResponse(200, PageResponse.HTML, Map.of("HX-Redirect", target), new byte[0]);
  }

  PageResponse page(PageRequest request, Project project) {
    String dsn = key(project).map(key -> dsn(key, project)).orElse("");
    ConnectView view =
        new ConnectView(
            site.shell(request, "Connect · " + project.name(), project, "connect"),
            project,
            dsn,
            dsn.isEmpty()
                ? List.of()
                : Snippet.all(dsn, site.ports().publicUrl().get(), project, dsnKey(project)),
            isEmpty(project));
    return site.templates().page("connect", view);
  }

  private String dsnKey(Project project) {
    return key(project).map(ProjectKey::value).orElse("");
  }

  private Optional<ProjectKey> key(Project project) {
    return site.ports().registry().keys(project.id()).stream()
        .filter(key -> key.allows(Permission.INGEST))
        .min(Comparator.comparingInt(key -> key.permissions().size()));
  }

  private String dsn(ProjectKey key, Project project) {
    var url = site.ports().publicUrl().get();
    return url.getScheme() + "://" + key.value() + "@" + url.getRawAuthority() + "/" + project.id();
  }

  /** Whether neither an issue nor an event is known. */
  boolean isEmpty(Project project) {
    ProjectScope scope = Site.scope(project);
    if (site.ports().issues().list(IssueFilter.all(scope, 1)).total() > 0) {
      return false;
    }
    TimeRange kept =
        TimeRange.before(
            site.now().plus(Duration.ofDays(2)), Duration.ofDays(project.retentionDays() + 2L));
    return site.ports().index().count(scope, new Query.All(), kept).stored() == 0;
  }
}
