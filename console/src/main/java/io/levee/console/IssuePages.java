package io.levee.console;

import io.levee.engine.index.SearchRequest;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueId;
import io.levee.engine.issue.IssueStatus;
import io.levee.engine.query.Query;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.work.Change;
import io.levee.engine.work.RecommendedEvent;
import io.levee.engine.work.Until;
import io.levee.event.Event;
import io.levee.event.EventId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One issue, with any of its events. */
final class IssuePages {
  private static final int TREND_BARS = 56;
  private static final int RECOMMENDED_OF = 50;
  private static final int TAG_SAMPLE = 20;
  private static final String RANGE_STANDARD = "14d";

  private final Site site;
  private final EventTrail trail;
  private final WorkPages work;

  IssuePages(Site site, EventTrail trail, WorkPages work) {
    this.site = site;
    this.trail = trail;
    this.work = work;
  }

  PageResponse handle(PageRequest request, Project project, List<String> rest) {
    ProjectScope scope = Site.scope(project);
    Optional<Issue> issue =
        rest.getFirst().matches("\\d{1,18}")
            ? site.ports().issues().find(scope, new IssueId(Long.parseLong(rest.getFirst())))
            : Optional.empty();
    if (issue.isEmpty() || rest.size() > 2) {
      return site.notFound(request, "There is no issue " + rest.getFirst() + " in this project.");
    }
    return rest.size() == 1
        ? page(request, project, issue.get())
        : part(request, project, issue.get(), rest.get(1));
  }

  private PageResponse part(PageRequest request, Project project, Issue issue, String name) {
    if (request.isPost() && name.equals("status")) {
      return setStatus(request, project, issue);
    }
    return switch (name) {
      case "facets" -> site.templates().page("issueFacets", facets(project, issue));
      case "fresh" -> PageResponse.text(200, Long.toString(issue.events()));
      case "markdown" -> markdown(request, project, issue);
      default -> site.notFound(request, "There is no page at " + request.path() + ".");
    };
  }

  private IssueFacets facets(Project project, Issue issue) {
    ProjectScope scope = Site.scope(project);
    Query events = eventsOf(issue);
    var index = site.ports().index();
    return new IssueFacets(
        Facets.of(
            index,
            scope,
            events,
            trail.allTime(),
            Facets.ISSUE_FIELDS,
            Facets.keys(index, scope, events, trail.allTime(), TAG_SAMPLE),
            index.count(scope, events, trail.allTime()).events()),
        "/p/" + project.slug() + "/search",
        queryText(issue));
  }

  private PageResponse markdown(PageRequest request, Project project, Issue issue) {
    Optional<EventTrail.Place> place =
        place(Site.scope(project), eventsOf(issue), issue, request.param("event"));
    return place.isEmpty()
        ? site.notFound(request, "No event of this issue is kept.")
        : EventMarkdown.response(
            place.get().event(), issue, site.ports().publicUrl().get() + path(project, issue));
  }

  private PageResponse setStatus(PageRequest request, Project project, Issue issue) {
    IssueStatus status = IssueStatus.parse(String.valueOf(request.field("to")));
    if (status == null) {
      return PageResponse.text(400, "to: (expected: unresolved, resolved or ignored)");
    }
    return work.change(
        request, Site.scope(project), issue.id(), change(status), path(project, issue));
  }

  static Change change(IssueStatus status) {
    return switch (status) {
      case UNRESOLVED -> new Change.Unresolve();
      case RESOLVED -> new Change.Resolve();
      case IGNORED -> new Change.Ignore(new Until.Forever());
      case ARCHIVED -> new Change.Archive();
    };
  }

  private static String path(Project project, Issue issue) {
    return "/p/" + project.slug() + "/issues/" + issue.id();
  }

  private PageResponse page(PageRequest request, Project project, Issue issue) {
    ProjectScope scope = Site.scope(project);
    Query events = eventsOf(issue);
    Optional<EventTrail.Place> place = place(scope, events, issue, request.param("event"));
    if (place.isEmpty() && request.param("event") != null) {
      return site.notFound(request, "This issue has no such event, or it is no longer kept.");
    }
    return site.templates()
        .page("issue", view(request, project, issue, events, place.orElse(null)));
  }

  private IssueView view(
      PageRequest request,
      Project project,
      Issue issue,
      Query events,
      EventTrail.@Nullable Place place) {
    ProjectScope scope = Site.scope(project);
    Instant now = site.now();
    TimeChoice time = TimeChoice.of(request, now, RANGE_STANDARD);
    TitleText title = TitleText.of(issue.title(), issue.exceptionType());
    var index = site.ports().index();
    return new IssueView(
        site.shell(request, title.head() + " · " + project.name(), project, "issues"),
        path(project, issue),
        issue,
        title,
        TimeText.of(issue.firstSeen(), now),
        TimeText.of(issue.lastSeen(), now),
        time,
        Chart.of(
            index.histogram(scope, events, time.range(), time.bucket(TREND_BARS)),
            ReleasePages.marks(site, scope, time.range())),
        index.count(scope, events, trail.allTime()),
        place == null ? null : EventView.of(place.event(), now),
        place == null ? null : text(place.older()),
        place == null ? null : text(place.newer()),
        queryText(issue),
        work.view(request, project, issue),
        merged(request));
  }

  private static String merged(PageRequest request) {
    String number = request.param(MergedAway.PARAM);
    return number != null && number.matches("\\d{1,18}") ? number : "";
  }

  private static String queryText(Issue issue) {
    return "fingerprint:" + issue.fingerprints().getFirst().value();
  }

  private static @Nullable String text(@Nullable EventId id) {
    return id == null ? null : id.toString();
  }

  private static Query eventsOf(Issue issue) {
    List<Query> parts =
        issue.fingerprints().stream()
            .<Query>map(print -> new Query.Term("fingerprint", print.value()))
            .toList();
    return parts.size() == 1 ? parts.getFirst() : new Query.Or(parts);
  }

  /** The one that is asked for, if it is one of this issue's; the latest when none is. */
  private Optional<EventTrail.Place> place(
      ProjectScope scope, Query events, Issue issue, @Nullable String asked) {
    if (asked == null || asked.equals("latest")) {
      return trail.newestPlace(scope, events);
    }
    return event(scope, events, issue, asked).map(event -> trail.place(scope, events, event));
  }

  private Optional<Event> event(ProjectScope scope, Query events, Issue issue, String asked) {
    if (asked.equals("oldest")) {
      return trail.oldest(scope, events);
    }
    if (asked.equals("recommended")) {
      return RecommendedEvent.of(
          site
              .ports()
              .index()
              .search(SearchRequest.newest(scope, events, trail.allTime(), RECOMMENDED_OF))
              .events()
              .stream()
              .map(StoredEvent::event)
              .toList());
    }
    EventId id = EventId.parse(asked);
    return id == null
        ? Optional.empty()
        : site.ports()
            .index()
            .find(scope, id)
            .map(stored -> stored.event())
            .filter(event -> issue.fingerprints().contains(event.fingerprint()));
  }
}
