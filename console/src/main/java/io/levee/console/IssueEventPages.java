package io.levee.console;

import io.levee.engine.index.SearchPage;
import io.levee.engine.index.SearchRequest;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueEvents;
import io.levee.engine.issue.IssueId;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of an issue's events. */
final class IssueEventPages {
  private static final int PAGE_SIZE = 50;
  private static final Duration AHEAD = Duration.ofMinutes(10);

  private final Site site;

  IssueEventPages(Site site) {
    this.site = site;
  }

  /** Whether what follows {@code issues/} in an address is for this page. */
  static boolean serves(List<String> rest) {
    return rest.size() == 2 && rest.get(1).equals("events");
  }

  PageResponse handle(PageRequest request, Project project, List<String> rest) {
    ProjectScope scope = Site.scope(project);
    String number = rest.getFirst();
    Optional<Issue> issue =
        number.matches("\\d{1,18}")
            ? site.ports().issues().find(scope, new IssueId(Long.parseLong(number)))
            : Optional.empty();
    return issue.isPresent() && request.isGet()
        ? page(request, project, issue.get())
        : site.notFound(request, "There is no issue " + number + " in this project.");
  }

  private PageResponse page(PageRequest request, Project project, Issue issue) {
    Instant now = site.now();
    SearchPage found =
        site.ports()
            .index()
            .search(
                new SearchRequest(
                    Site.scope(project),
                    IssueEvents.query(issue),
                    new TimeRange(Instant.EPOCH, now.plus(AHEAD)),
                    SearchRequest.Order.NEWEST,
                    request.param("after"),
                    PAGE_SIZE));
    TitleText title = TitleText.of(issue.title(), issue.exceptionType());
    String path = "/p/" + project.slug() + "/issues/" + issue.id();
    return site.templates()
        .page(
            "issueEvents",
            new View(
                site.shell(
                    request,
                    "Events of " + title.head() + " · " + project.name(),
                    project,
                    "issues"),
                path,
                title.head(),
                found.events().stream()
                    .map(StoredEvent::event)
                    .map(event -> Row.of(event, now))
                    .toList(),
                found.next() == null
                    ? ""
                    : Params.of(path + "/events").with("after", found.next()).href(),
                request.param("after") == null));
  }

  /**
   * What the page shows.
   *
   * @param next address of the next page; empty when this is the last
   */
  record View(
      Shell shell, String path, String title, List<Row> rows, String next, boolean isFirst) {
    String link(String id) {
      return Params.of(path).with("event", id).href();
    }
  }

  /** One event. */
  record Row(
      String id,
      TimeText time,
      String words,
      String release,
      String environment,
      String user,
      String host,
      int weight) {
    static Row of(Event event, Instant now) {
      String user = event.user().key();
      return new Row(
          event.id().toString(),
          TimeText.of(event.time(), now),
          event.title(),
          text(event.release()),
          text(event.environment()),
          text(user),
          text(event.host()),
          event.weight());
    }

    private static String text(@Nullable String text) {
      return text == null ? "" : text;
    }
  }
}
