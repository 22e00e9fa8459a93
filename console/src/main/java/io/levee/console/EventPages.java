package io.levee.console;

import io.levee.engine.index.StoredEvent;
import io.levee.engine.issue.Issue;
import io.levee.engine.query.Query;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.Fingerprint;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One event: its page, a glance for lists, and its JSON. */
final class EventPages {
  private static final JsonText READER =
      new JsonText(new JsonLimits(200, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));

  private final Site site;
  private final EventTrail trail;

  EventPages(Site site, EventTrail trail) {
    this.site = site;
    this.trail = trail;
  }

  PageResponse handle(PageRequest request, Project project, List<String> rest) {
    EventId id = rest.isEmpty() ? null : EventId.parse(rest.getFirst());
    Optional<StoredEvent> stored =
        id == null ? Optional.empty() : site.ports().index().find(Site.scope(project), id);
    if (stored.isEmpty() || rest.size() > 2) {
      return site.notFound(request, "There is no such event, or it is no longer kept.");
    }
    return switch (rest.size() == 1 ? "" : rest.get(1)) {
      case "" -> page(request, project, stored.get().event());
      case "glance" -> glance(request, project, stored.get().event());
      case "markdown" ->
          EventMarkdown.response(
              stored.get().event(),
              null,
              site.ports().publicUrl().get() + "/p/" + project.slug() + "/events/" + id);
      case "text" -> PageResponse.text(200, EventText.of(stored.get().event()));
      case "raw" -> raw(stored.get());
      case "json" -> new PageResponse(200, "application/json", Map.of(), stored.get().json());
      default -> site.notFound(request, "There is no page at " + request.path() + ".");
    };
  }

  private PageResponse page(PageRequest request, Project project, Event event) {
    ProjectScope scope = Site.scope(project);
    EventPageView view = view(request, project, event, true);
    EventTrail.Place place = trail.place(scope, new Query.All(), event);
    EventId older = place.older();
    EventId newer = place.newer();
    return site.templates()
        .page(
            "event",
            view.between(
                older == null ? null : older.toString(), newer == null ? null : newer.toString()));
  }

  private PageResponse glance(PageRequest request, Project project, Event event) {
    return site.templates().page("glance", view(request, project, event, false));
  }

  private EventPageView view(PageRequest request, Project project, Event event, boolean withIssue) {
    EventView view = EventView.of(event, site.now());
    String title = view.title().head() + " · " + project.name();
    return new EventPageView(
        site.shell(request, title, project, "search"),
        view,
        withIssue ? issue(project, event).map(found -> found.id().toString()).orElse(null) : null,
        null,
        null);
  }

  private Optional<Issue> issue(Project project, Event event) {
    Fingerprint fingerprint = event.fingerprint();
    return fingerprint == null
        ? Optional.empty()
        : site.ports().issues().findByFingerprint(Site.scope(project), fingerprint);
  }

  private PageResponse raw(StoredEvent stored) {
    String text =
        switch (READER.parse(stored.json())) {
          case JsonText.Value(var json) -> JsonLines.pretty(json);
          case JsonText.Invalid ignored -> new String(stored.json(), StandardCharsets.UTF_8);
          case JsonText.OverLimit ignored -> new String(stored.json(), StandardCharsets.UTF_8);
        };
    return site.templates().page("raw", new RawView(text));
  }

  /** The event as indented JSON. */
  record RawView(String json) {}
}
