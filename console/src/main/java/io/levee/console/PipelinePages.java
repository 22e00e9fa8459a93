package io.levee.console;

import io.levee.engine.bus.DeadLetter;
import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.pipeline.PipelineStatus;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectScope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the node is doing: subscribers, disk, the ledger, and what could not be dealt with. */
final class PipelinePages {
  private static final int LETTERS_MAX = 100;

  private final Site site;

  PipelinePages(Site site) {
    this.site = site;
  }

  /** The whole page. */
  record PipelineView(Shell shell, PipelineLive live) {}

  /**
   * The dead letters of a group.
   *
   * @param capped whether there are more than are shown
   */
  record LettersView(Shell shell, String group, List<LetterRow> letters, boolean capped) {}

  /**
   * One dead letter.
   *
   * @param event link to the event; null when its project is gone
   */
  record LetterRow(
      String id,
      TimeText time,
      String title,
      String cause,
      String attempts,
      String position,
      String project,
      @Nullable String event,
      String bytes) {}

  PageResponse handle(PageRequest request, List<String> rest) {
    if (rest.isEmpty()) {
      PipelineLive live = live();
      return request.isHtmx()
          ? site.templates().page("pipelineLive", live)
          : site.templates()
              .page(
                  "pipeline",
                  new PipelineView(site.shell(request, "Pipeline", null, "pipeline"), live));
    }
    String group = rest.getFirst();
    boolean known =
        site.ports().pipeline().status().subscribers().stream()
            .map(PipelineStatus.SubscriberStatus::group)
            .anyMatch(group::equals);
    if (!known || rest.size() > 2) {
      return site.notFound(request, "There is no such subscriber.");
    }
    if (rest.size() == 2) {
      return request.isPost() && rest.get(1).equals("discard")
          ? discard(request, group)
          : site.notFound(request, "There is no page at " + request.path() + ".");
    }
    return letters(request, group);
  }

  private PipelineLive live() {
    TimeRange range = LedgerView.range(site.now());
    List<LedgerEntry> entries = new ArrayList<>(site.ports().ledger().readUnknown(range));
    List<Project> projects = site.ports().registry().projects();
    if (!projects.isEmpty()) {
      ProjectScope all = ProjectScope.of(projects.stream().map(Project::id).toList());
      entries.addAll(site.ports().ledger().read(all, range));
    }
    return PipelineLive.of(site.ports().pipeline().status(), LedgerView.of(entries, range));
  }

  private PageResponse letters(PageRequest request, String group) {
    List<DeadLetter> found = site.ports().deadLetters().list(group, LETTERS_MAX);
    Instant now = site.now();
    LettersView view =
        new LettersView(
            site.shell(request, "Dead letters of " + group, null, "pipeline"),
            group,
            found.stream().map(letter -> row(letter, now)).toList(),
            found.size() == LETTERS_MAX);
    return site.templates().page("letters", view);
  }

  private LetterRow row(DeadLetter letter, Instant now) {
    var header = letter.record().header();
    Optional<Project> project = site.ports().registry().project(header.project());
    return new LetterRow(
        Long.toString(letter.id()),
        TimeText.of(letter.time(), now),
        title(letter),
        letter.cause(),
        Integer.toString(letter.attempts()),
        letter.partition() + ":" + letter.offset(),
        project.map(Project::name).orElse("project " + header.project()),
        project.map(p -> "/p/" + p.slug() + "/events/" + header.id()).orElse(null),
        Figures.bytes(letter.record().body().length));
  }

  /** The letter may be here just because its body can't be read. */
  private static String title(DeadLetter letter) {
    try {
      return letter.record().event().title();
    } catch (IllegalArgumentException e) {
      String body = new String(letter.record().body(), StandardCharsets.UTF_8);
      return body.substring(0, Math.min(80, body.length()));
    }
  }

  private PageResponse discard(PageRequest request, String group) {
    String id = request.field("id");
    if (id == null || !id.matches("\\d{1,18}")) {
      return PageResponse.text(400, "id: (expected: the number of a letter)");
    }
    site.ports().deadLetters().remove(Long.parseLong(id));
    return PageResponse.seeOther("/pipeline/" + group);
  }
}
