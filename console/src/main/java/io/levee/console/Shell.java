package io.levee.console;

import io.levee.engine.registry.Project;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds every page.
 *
 * @param project null on pages that belong to none
 * @param section which entry of the navigation is current: issues, search, pipeline, connect or
 *     none
 * @param theme auto, light or dark
 * @param notice what somebody who looks at the project must know; null when there is nothing
 */
record Shell(
    String title,
    @Nullable Project project,
    List<Project> projects,
    String section,
    String theme,
    @Nullable String notice,
    String css,
    String js,
    String icon) {
  /** The address of a section of the current project, or of the first one. */
  String link(String to) {
    Project target = project != null ? project : projects.isEmpty() ? null : projects.getFirst();
    return target == null ? "/" : "/p/" + target.slug() + "/" + to;
  }

  /** The address of the same section of another project. */
  String switchTo(Project other) {
    String same = section.equals("search") || section.equals("connect") ? section : "issues";
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
