package io.levee.console;

import io.levee.engine.ask.Plan;
import io.levee.engine.ask.Pulse;
import io.levee.engine.ask.Question;
import io.levee.engine.index.SearchPage;
import io.levee.engine.index.SearchRequest;
import io.levee.engine.query.pipe.Pipeline;
import io.levee.engine.query.pipe.QuestionText;
import io.levee.engine.query.pipe.Row;
import io.levee.engine.registry.Project;
import io.levee.engine.run.BackendException;
import io.levee.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers the question of a page. */
final class ExploreAnswer {
  private static final int EVENTS_PAGE = 50;
  private static final int EVENTS_MAX = 100;
  private static final int ROWS_MAX = 500;

  private final Site site;
  private final Project project;
  private final Params params;
  private final Question question;
  private final Plan plan;

  ExploreAnswer(Site site, Project project, Params params, Question question, Plan plan) {
    this.site = site;
    this.project = project;
    this.params = params;
    this.question = question;
    this.plan = plan;
  }

  private Pipeline pipeline() {
    return question.pipeline();
  }

  /** Whether the filter is all there is, so that the index gives the events page by page. */
  boolean isFilter() {
    return plan.stages().isEmpty();
  }

  private boolean showsEventsBehind() {
    return AnswerKind.parse(params.get("view")) == AnswerKind.EVENTS;
  }

  /** Whether it may take seconds, because events have to be read. */
  boolean isSlow() {
    return !isFilter() && !showsEventsBehind() && plan.tally() == null;
  }

  /** The answer; says so when there is none. */
  AnswerView view(Pulse pulse) {
    try {
      return isFilter() || showsEventsBehind() ? events() : asked(pulse);
    } catch (BackendException.OverCapacity e) {
      return AnswerView.failed(
          "That is too much at once. Ask for a shorter time or more exact words, or again in a"
              + " moment: "
              + e.getMessage());
    } catch (BackendException | IllegalArgumentException e) {
      return AnswerView.failed(String.valueOf(e.getMessage()));
    }
  }

  private AnswerView events() {
    String after = params.get("after");
    SearchPage page =
        site.ports()
            .index()
            .search(
                new SearchRequest(
                    question.scope(),
                    plan.filter(),
                    plan.range(),
                    SearchRequest.Order.NEWEST,
                    after.isEmpty() ? null : after,
                    EVENTS_PAGE));
    Instant now = site.now();
    List<AnswerView.Line> lines =
        page.events().stream().map(stored -> line(stored.event(), List.of(), now)).toList();
    String next = page.next() == null ? null : params.with("after", page.next()).href();
    String summary =
        isFilter() ? "The newest first" : "The events that the filter finds, the newest first";
    return new AnswerView(
        isFilter() ? List.of() : eventTabs(),
        summary,
        List.of(),
        List.of(),
        new AnswerView.EventList(lines, next, "Show more"),
        null,
        null,
        zoom(),
        null);
  }

  private List<AnswerView.Tab> eventTabs() {
    return List.of(
        new AnswerView.Tab("Events", bare().with("view", "events").href(), "page"),
        new AnswerView.Tab("Answer", bare().href(), null));
  }

  private Params bare() {
    return params.without("after", "live", "view");
  }

  private AnswerView.Line line(Event event, List<AnswerView.Computed> computed, Instant now) {
    return new AnswerView.Line(ResultRow.of(event, project.slug(), now), computed, false);
  }

  private AnswerView asked(Pulse pulse) {
    Found found = Found.ask(site.ports().explore().asker(), question, ROWS_MAX, pulse);
    return found.areEvents() ? eventsOf(found) : tableOf(found);
  }

  private AnswerView eventsOf(Found found) {
    Instant now = site.now();
    boolean table = AnswerKind.parse(params.get("view")) == AnswerKind.TABLE;
    List<AnswerView.Line> lines = new ArrayList<>();
    for (Row row : found.sources().subList(0, Math.min(EVENTS_MAX, found.sources().size()))) {
      Event event = row.event();
      if (event != null) {
        lines.add(line(event, computed(row), now));
      }
    }
    int shown = table ? found.rows().size() : lines.size();
    boolean more = found.more() || shown < found.rows().size();
    AnswerView.Tab events = new AnswerView.Tab("Events", bare().href(), table ? null : "page");
    AnswerView.Tab asTable =
        new AnswerView.Tab("Table", bare().with("view", "table").href(), table ? "page" : null);
    return new AnswerView(
        List.of(events, asTable),
        (more ? "The first " : "") + Figures.count(shown, "event") + " · " + cost(found),
        found.marks().partial(),
        AnswerView.notes(found.marks()),
        table ? null : new AnswerView.EventList(lines, null, ""),
        null,
        table ? AnswerTableView.of(found, pipeline(), params) : null,
        zoom(),
        null);
  }

  private static List<AnswerView.Computed> computed(Row row) {
    return row.assigned().stream()
        .map(name -> new AnswerView.Computed(name, Cells.text(name, row.get(name))))
        .toList();
  }

  private AnswerView tableOf(Found found) {
    Grid grid = Grid.of(found);
    List<AnswerKind> possible = AnswerKind.possible(grid);
    AnswerKind usual = AnswerKind.usual(grid);
    AnswerKind wanted = AnswerKind.parse(params.get("view"));
    AnswerKind kind = wanted != null && possible.contains(wanted) ? wanted : usual;
    @Nullable Drawing drawing = grid == null ? null : Drawing.of(kind, grid);
    String rows = (found.more() ? "The first " : "") + Figures.count(found.rows().size(), "row");
    return new AnswerView(
        tabs(possible, usual, kind),
        rows + " · " + cost(found),
        found.marks().partial(),
        AnswerView.notes(found.marks()),
        null,
        drawing,
        drawing == null ? AnswerTableView.of(found, pipeline(), params) : null,
        zoom(),
        null);
  }

  private static String cost(Found found) {
    return AnswerView.cost(found.marks());
  }

  private List<AnswerView.Tab> tabs(List<AnswerKind> possible, AnswerKind usual, AnswerKind kind) {
    List<AnswerView.Tab> tabs = new ArrayList<>();
    tabs.add(new AnswerView.Tab("Events", bare().with("view", "events").href(), null));
    for (AnswerKind each : possible) {
      Params there = each == usual ? bare() : bare().with("view", each.wireName());
      tabs.add(new AnswerView.Tab(each.words(), there.href(), each == kind ? "page" : null));
    }
    return tabs;
  }

  /** Where zooming leads: the times of the question itself would stand in its way. */
  private String zoom() {
    String text = QuestionText.of(params.get("q")).untimed().text();
    return params.without("after", "live", "range", "from", "to").with("q", text).href();
  }
}
