package io.levee.console;

import io.levee.engine.registry.Project;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds every page.
 *
 * @param project null on pages that belong to none
 * @param section which entry of the navigation is current: issues, search, explore, releases,
 *     ledger, pipeline, connect, settings or none
 * @param theme auto, light or dark
 * @param spike what somebody must know of a flood in the project; null when there is none
 * @param notice what was dropped lately; null when nothing was, and on pages of no project
 */
record Shell(
    String title,
    @Nullable Project project,
    List<Project> projects,
    String section,
    String theme,
    @Nullable String spike,
    String css,
    String js,
    String icon,
    @Nullable Notice notice) {
  private static final Set<String> KEPT_SECTIONS =
      Set.of("search", "explore", "connect", "ledger", "releases", "settings");

  /** The address of a section of the current project, or of the first one. */
  String link(String to) {
    Project target = project != null ? project : projects.isEmpty() ? null : projects.getFirst();
    return target == null ? "/" : "/p/" + target.slug() + "/" + to;
  }

  /** The address of the same section of another project. */
  String switchTo(Project other) {
    String same = KEPT_SECTIONS.contains(section) ? section : "issues";
    return "/p/" + other.slug() + "/" + same;
  }

  /** For aria-current. */
  @Nullable String current(String name) {
    return section.equals(name) ? "page" : null;
  }

  String projectName() {
    return project == null ? "All projects" : project.name();
  }
}
