package io.levee.console;

import io.levee.engine.issue.IssueId;
import io.levee.engine.registry.Project;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the pages of an issue are that was merged into another. */
final class MergedAway {
  /** Names the issue that somebody asked for. */
  static final String PARAM = "merged";

  private final Site site;
  private final @Nullable GroupingPorts ports;

  MergedAway(Site site, @Nullable GroupingPorts ports) {
    this.site = site;
    this.ports = ports;
  }

  /**
   * The page of the issue that it went into; null when the address is of no issue that was merged.
   *
   * @param rest what follows {@code issues/}
   */
  @Nullable String into(Project project, List<String> rest) {
    if (ports == null || rest.isEmpty() || !rest.getFirst().matches("\\d{1,18}")) {
      return null;
    }
    IssueId id = new IssueId(Long.parseLong(rest.getFirst()));
    if (site.ports().issues().find(Site.scope(project), id).isPresent()) {
      return null;
    }
    return ports
        .merges()
        .mergedInto(Site.scope(project), id)
        .map(into ->
            Params.of("/p/" + project.slug() + "/issues/" + into).with(PARAM, id.toString()).href())
        .orElse(null);
  }
}
