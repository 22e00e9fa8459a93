package io.levee.console;

import io.levee.engine.ask.Asker;
import io.levee.engine.ask.Plan;
import io.levee.engine.ask.Question;
import io.levee.engine.ask.RowWriter;
import io.levee.engine.export.EventExport;
import io.levee.engine.export.ExportFormat;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.query.QueryMatcher;
import io.levee.engine.query.pipe.Pipeline;
import io.levee.engine.query.pipe.PipelineParser;
import io.levee.engine.registry.Project;
import io.levee.engine.tail.LiveTail;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** What the explore page sends piece by piece: whole answers, and events as they pass. */
final class ExploreStreams {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final int WATCHERS_MAX = 100;

  private final Site site;

  ExploreStreams(Site site) {
    this.site = site;
  }

  private Asker asker() {
    return site.ports().explore().asker();
  }

  /** The whole answer ({@code of=answer}), or the events that its filter finds. */
  PageResponse export(PageRequest request, Project project) {
    RowWriter.Format format = RowWriter.Format.parse(request.param("format"));
    if (format == null) {
      return PageResponse.text(400, "format: (expected: ndjson, csv or json)");
    }
    String text = request.param("q") == null ? "" : request.param("q");
    return switch (PipelineParser.parse(text)) {
      case PipelineParser.Misread wrong -> PageResponse.text(400, wrong.sentence());
      case PipelineParser.Read(Pipeline pipeline) -> {
        boolean answer = "answer".equals(request.param("of"));
        Pipeline wanted = answer ? pipeline : events(pipeline);
        Question question = ExplorePages.question(request, site, project, wanted);
        try {
          yield export(project, format, question, answer);
        } catch (IllegalArgumentException e) {
          yield PageResponse.text(400, String.valueOf(e.getMessage()));
        }
      }
    };
  }

  /** The question of the filter alone. */
  private static Pipeline events(Pipeline pipeline) {
    return new Pipeline(
        pipeline.filter(), pipeline.earliest(), pipeline.latest(), List.of(), List.of());
  }

  private PageResponse export(
      Project project, RowWriter.Format format, Question question, boolean answer) {
    Plan plan = asker().plan(question); // Refuses what asks for too much, before anything is sent.
    ExportFormat whole =
        answer || !plan.stages().isEmpty() ? null : ExportFormat.parse(format.wireName());
    String name =
        project.slug()
            + (answer ? "-answer-" : "-events-")
            + STAMP.format(site.now())
            + "."
            + format.wireName();
    return PageResponse.stream(
            format.contentType(),
            out -> {
              if (whole != null) {
                new EventExport(site.ports().index())
                    .write(question.scope(), plan.filter(), plan.range(), whole, out);
              } else {
                asker().export(question, format.to(out, plan, question.zone()));
              }
            })
        .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  /**
   * Events as they pass, each as a line of HTML; an empty line now and then shows whether the
   * reader is still there. What a slow reader missed is said.
   */
  PageResponse live(PageRequest request, Project project) {
    LiveTail tail = site.ports().explore().tail();
    String text = request.param("q") == null ? "" : request.param("q");
    if (!(PipelineParser.parse(text) instanceof PipelineParser.Read(Pipeline pipeline))
        || !pipeline.stages().isEmpty()) {
      return PageResponse.text(400, "q: (expected: a filter, without stages)");
    }
    if (tail.watchers() >= WATCHERS_MAX) {
      return PageResponse.text(503, "too many are watching: " + WATCHERS_MAX)
          .with("Retry-After", "30");
    }
    QueryMatcher matcher = new QueryMatcher(pipeline.filter());
    return PageResponse.stream(
        "text/html; charset=utf-8",
        out -> {
          try (LiveTail.Watcher watcher = tail.watch(Site.scope(project), matcher::matches)) {
            out.write('\n');
            out.flush();
            follow(project, watcher, out);
          }
        });
  }

  /** Ends when the reader has gone, which shows as an IOException while writing. */
  private void follow(Project project, LiveTail.Watcher watcher, OutputStream out)
      throws IOException, InterruptedException {
    while (!watcher.ended() && !Thread.currentThread().isInterrupted()) {
      StoredEvent event = watcher.next(HEARTBEAT);
      long missed = watcher.missed();
      if (missed > 0) {
        out.write(line("exploreMissed", Figures.count(missed, "event")));
      }
      out.write(event == null ? new byte[] {'\n'} : line("exploreLine", row(project, event)));
      out.flush();
    }
  }

  private AnswerView.Line row(Project project, StoredEvent event) {
    return new AnswerView.Line(
        ResultRow.of(event.event(), project.slug(), site.now()), List.of(), false);
  }

  private byte[] line(String template, Object model) {
    String html = new String(site.templates().render(template, model), StandardCharsets.UTF_8);
    return (html.replace('\r', ' ').replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
