package io.levee.console;

import io.levee.engine.index.SearchRequest;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.Project;
import io.levee.event.Event;
import io.levee.event.EventId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happened just before and after an event, on the same machine or in the whole project. */
final class AroundPages {
  private static final List<Integer> NUMBERS = List.of(5, 10, 25, 50, 100);
  private static final int NUMBER_USUAL = 10;

  /** How many events of one very moment can be told apart. */
  private static final int SAME_TIME_MAX = 100;

  private static final Duration REACH = Duration.ofDays(7);

  private final Site site;

  AroundPages(Site site) {
    this.site = site;
  }

  /**
   * The page.
   *
   * @param sameHost the address that keeps to the event's host; null when it has none
   */
  record AroundView(
      Shell shell,
      Params params,
      List<Choice> numbers,
      @Nullable String host,
      @Nullable String sameHost,
      String anyHost,
      boolean keepsToHost,
      String explore,
      AnswerView.EventList events,
      String summary) {}

  /** A number of events to each side. */
  record Choice(String words, String href, @Nullable String current) {}

  PageResponse handle(PageRequest request, Project project) {
    String named = request.param("event");
    EventId id = named == null ? null : EventId.parse(named);
    Optional<StoredEvent> hit =
        id == null ? Optional.empty() : site.ports().index().find(Site.scope(project), id);
    if (hit.isEmpty()) {
      return site.notFound(request, "There is no such event, or it is no longer kept.");
    }
    return site.templates().page("around", view(request, project, hit.get().event()));
  }

  private AroundView view(PageRequest request, Project project, Event hit) {
    Params params =
        Params.of("/p/" + project.slug() + "/explore/around")
            .with("event", hit.id().toString())
            .with("n", request.param("n"))
            .with("host", request.param("host"));
    String wanted = params.get("n");
    int number =
        NUMBERS.stream()
            .filter(each -> wanted.equals(each.toString()))
            .findFirst()
            .orElse(NUMBER_USUAL);
    String host = Objects.requireNonNullElse(hit.host(), "");
    boolean keeps = !host.isEmpty() && !params.get("host").equals("any");
    Query query = keeps ? new Query.Term("host", host) : new Query.All();
    List<Event> before = before(project, query, hit, number);
    List<Event> after = after(project, query, hit, number);
    List<AnswerView.Line> lines = new ArrayList<>();
    after.reversed().forEach(event -> lines.add(line(project, event, hit)));
    lines.add(line(project, hit, hit));
    before.forEach(event -> lines.add(line(project, event, hit)));
    List<Choice> numbers =
        NUMBERS.stream()
            .map(each ->
                new Choice(
                    each.toString(),
                    params.with("n", each.toString()).href(),
                    each == number ? "true" : null))
            .toList();
    Params explore =
        Params.of("/p/" + project.slug() + "/explore")
            .with("q", keeps ? QueryWords.term("host", host) : "")
            .with("from", Long.toString(hit.time().minusSeconds(60).toEpochMilli()))
            .with("to", Long.toString(hit.time().plusSeconds(60).toEpochMilli()));
    return new AroundView(
        site.shell(request, "Around an event · " + project.name(), project, "explore"),
        params,
        numbers,
        hit.host(),
        hit.host() == null ? null : params.with("host", null).href(),
        params.with("host", "any").href(),
        keeps,
        explore.href(),
        new AnswerView.EventList(lines, null, ""),
        after.size() + " after, " + before.size() + " before; the newest first");
  }

  private AnswerView.Line line(Project project, Event event, Event hit) {
    return new AnswerView.Line(
        ResultRow.of(event, project.slug(), site.now()), List.of(), event.id().equals(hit.id()));
  }

  /** The newest first; those of the very same moment count as before. */
  private List<Event> before(Project project, Query query, Event hit, int number) {
    TimeRange range = new TimeRange(hit.time().minus(REACH), hit.time().plusMillis(1));
    return search(project, query, range, SearchRequest.Order.NEWEST, number).stream()
        .filter(event -> !event.id().equals(hit.id()) && !event.time().isAfter(hit.time()))
        .limit(number)
        .toList();
  }

  /** The oldest first. */
  private List<Event> after(Project project, Query query, Event hit, int number) {
    Instant to = hit.time().plus(REACH);
    TimeRange range = new TimeRange(hit.time(), to);
    return search(project, query, range, SearchRequest.Order.OLDEST, number).stream()
        .filter(event -> event.time().isAfter(hit.time()))
        .limit(number)
        .toList();
  }

  private List<Event> search(
      Project project, Query query, TimeRange range, SearchRequest.Order order, int number) {
    SearchRequest request =
        new SearchRequest(Site.scope(project), query, range, order, null, number + SAME_TIME_MAX);
    return site.ports().index().search(request).events().stream().map(StoredEvent::event).toList();
  }
}
