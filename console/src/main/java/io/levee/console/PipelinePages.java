package io.levee.console;

import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectScope;
import java.util.ArrayList;
import java.util.List;

/** How the node is doing: subscribers, disk, and the ledger. */
final class PipelinePages {
  private final Site site;
  private final LetterPages letters;

  PipelinePages(Site site) {
    this.site = site;
    this.letters = new LetterPages(site);
  }

  /** The whole page. */
  record PipelineView(Shell shell, PipelineLive live) {}

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
    return letters.handle(request, rest.getFirst(), rest.subList(1, rest.size()));
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
}
