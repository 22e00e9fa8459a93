package io.levee.console;

import io.levee.engine.ask.Asker;
import io.levee.engine.ask.Plan;
import io.levee.engine.ask.Pulse;
import io.levee.engine.ask.Question;
import io.levee.engine.index.EventIndex;
import io.levee.engine.query.pipe.Pipeline;
import io.levee.engine.query.pipe.PipelineParser;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectScope;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The page for questions of the pipe language. What can be counted comes with the page; an answer
 * that has to read events comes after it, so that its reader sees something at once.
 */
final class ExplorePages {
  static final List<String> PARAMS =
      List.of("q", "range", "from", "to", "view", "live", "after", "of", "format");

  private static final String RANGE_STANDARD = "24h";
  private static final int BARS = 72;
  private static final int TAG_SAMPLE = 50;
  private static final long BEAT_NANOS = 500_000_000L;

  private final Site site;
  private final ExploreSuggest suggest;
  private final ExploreStreams streams;
  private final SavedPages saved;
  private final AroundPages around;

  ExplorePages(Site site) {
    this.site = site;
    this.suggest = new ExploreSuggest(site);
    this.streams = new ExploreStreams(site);
    this.saved = new SavedPages(site);
    this.around = new AroundPages(site);
  }

  /** {@code /explore}: the same question in the first project. */
  PageResponse ofSomeProject(PageRequest request) {
    Optional<Project> first = site.ports().registry().projects().stream().findFirst();
    return first.isEmpty()
        ? site.notFound(request, "There is no project yet.")
        : PageResponse.seeOther(Params.of(request, path(first.get()), PARAMS).href());
  }

  private static String path(Project project) {
    return "/p/" + project.slug() + "/explore";
  }

  PageResponse handle(PageRequest request, Project project, List<String> rest) {
    if (rest.size() > 1) {
      return site.notFound(request, "There is no page at " + request.path() + ".");
    }
    return switch (rest.isEmpty() ? "" : rest.getFirst()) {
      case "" -> page(request, project);
      case "answer" -> later(request, project);
      case "suggest" -> suggest.handle(request, project);
      case "export" -> streams.export(request, project);
      case "live" -> streams.live(request, project);
      case "saved" -> saved.handle(request, project);
      case "around" -> around.handle(request, project);
      default -> site.notFound(request, "There is no page at " + request.path() + ".");
    };
  }

  private PageResponse page(PageRequest request, Project project) {
    Params params = Params.of(request, path(project), PARAMS).without("of", "format");
    PipelineParser.Result reading = PipelineParser.parse(params.get("q"));
    QuestionBox box = QuestionBox.of(params, reading, path(project) + "/suggest");
    return switch (reading) {
      case PipelineParser.Misread ignored -> misread(request, project, params, box);
      case PipelineParser.Read(Pipeline pipeline) -> {
        Question question = question(request, site, project, pipeline);
        Plan plan;
        try {
          plan = asker().plan(question);
        } catch (IllegalArgumentException e) {
          yield misread(request, project, params, box.refused(String.valueOf(e.getMessage())));
        }
        yield read(request, project, params, box, new Asked(question, plan));
      }
    };
  }

  private record Asked(Question question, Plan plan) {}

  private Asker asker() {
    return site.ports().explore().asker();
  }

  static Question question(PageRequest request, Site site, Project project, Pipeline pipeline) {
    TimeChoice time = TimeChoice.of(request, site.now(), RANGE_STANDARD);
    return new Question(Site.scope(project), pipeline, time.range(), Reader.current().zone());
  }

  private PageResponse misread(
      PageRequest request, Project project, Params params, QuestionBox box) {
    TimeChoice time = TimeChoice.of(request, site.now(), RANGE_STANDARD);
    ExploreView view =
        new ExploreView(
            shell(request, project),
            box,
            params,
            time,
            time.range(),
            false,
            null,
            List.of(),
            null,
            null,
            List.of(),
            null,
            List.of());
    return PageResponse.html(400, site.templates().render("explore", view));
  }

  private Shell shell(PageRequest request, Project project) {
    return site.shell(request, "Explore · " + project.name(), project, "explore");
  }

  private PageResponse read(
      PageRequest request, Project project, Params params, QuestionBox box, Asked asked) {
    ExploreAnswer answer = new ExploreAnswer(site, project, params, asked.question(), asked.plan());
    if (request.isHtmx() && !params.get("after").isEmpty()) {
      return site.templates()
          .page("exploreEvents", answer.view(Pulse.STEADY))
          .with("Vary", "HX-Request");
    }
    TimeChoice time = TimeChoice.of(request, site.now(), RANGE_STANDARD);
    Pipeline pipeline = asked.question().pipeline();
    boolean timed = pipeline.earliest() != null || pipeline.latest() != null;
    boolean slow = answer.isSlow() && request.param("wait") == null;
    Chart chart = histogram(project, asked.plan());
    ExploreView view =
        new ExploreView(
            shell(request, project),
            box,
            params,
            time,
            asked.plan().range(),
            timed,
            chart,
            facets(project, asked.plan(), chart.total()),
            slow ? null : answer.view(Pulse.STEADY),
            slow ? params.at(path(project) + "/answer").href() : null,
            asked.plan().lines(),
            live(project, params, answer),
            SavedPages.of(site, project, params));
    return site.templates().page("explore", view).with("Vary", "HX-Request");
  }

  private static @Nullable String live(Project project, Params params, ExploreAnswer answer) {
    return params.get("live").isEmpty() || !answer.isFilter()
        ? null
        : Params.of(path(project) + "/live").with("q", params.get("q")).href();
  }

  private Chart histogram(Project project, Plan plan) {
    ProjectScope scope = Site.scope(project);
    TimeChoice exact = new TimeChoice("", plan.range());
    return Chart.of(
        site.ports().index().histogram(scope, plan.filter(), plan.range(), exact.bucket(BARS)),
        ReleasePages.marks(site, scope, plan.range()));
  }

  private List<FacetView> facets(Project project, Plan plan, long total) {
    EventIndex index = site.ports().index();
    ProjectScope scope = Site.scope(project);
    var keys = Facets.keys(index, scope, plan.filter(), plan.range(), TAG_SAMPLE);
    return Facets.of(index, scope, plan.filter(), plan.range(), Facets.FIELDS, keys, total);
  }

  /** The answer by itself; blanks go ahead of it, so that it ends when nobody waits any more. */
  private PageResponse later(PageRequest request, Project project) {
    Params params = Params.of(request, path(project), PARAMS).without("of", "format", "after");
    return switch (PipelineParser.parse(params.get("q"))) {
      case PipelineParser.Misread wrong -> PageResponse.text(400, wrong.sentence());
      case PipelineParser.Read(Pipeline pipeline) -> {
        Question question = question(request, site, project, pipeline);
        yield PageResponse.stream(PageResponse.HTML, out -> write(project, params, question, out));
      }
    };
  }

  private void write(Project project, Params params, Question question, OutputStream out)
      throws IOException {
    AnswerView view;
    try {
      ExploreAnswer answer =
          new ExploreAnswer(site, project, params, question, asker().plan(question));
      view = answer.view(beating(out));
    } catch (IllegalArgumentException e) {
      view = AnswerView.failed(String.valueOf(e.getMessage()));
    }
    out.write(site.templates().render("exploreAnswer", view));
  }

  private static Pulse beating(OutputStream out) {
    long[] last = {System.nanoTime()};
    return () -> {
      long now = System.nanoTime();
      if (now - last[0] < BEAT_NANOS) {
        return true;
      }
      last[0] = now;
      try {
        out.write(' ');
        out.flush();
        return true;
      } catch (IOException e) {
        return false; // The reader has gone on to another page.
      }
    };
  }
}
