package io.levee.console;

import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.sampling.SpikeWatch;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What all pages share: the ports, the templates, the assets and the frame around a page. */
final class Site {
  private final ConsolePorts ports;
  private final Templates templates = new Templates();
  private final Assets assets = Assets.load();

  Site(ConsolePorts ports) {
    this.ports = ports;
  }

  ConsolePorts ports() {
    return ports;
  }

  Templates templates() {
    return templates;
  }

  Assets assets() {
    return assets;
  }

  Instant now() {
    return ports.clock().instant();
  }

  Optional<Project> project(String slug) {
    return ports.registry().projectBySlug(slug);
  }

  static ProjectScope scope(Project project) {
    return ProjectScope.of(project.id());
  }

  Shell shell(PageRequest request, String title, @Nullable Project project, String section) {
    return new Shell(
        title,
        project,
        ports.registry().projects(),
        section,
        theme(request),
        project == null ? null : notice(project),
        assets.path("console.css"),
        assets.path("console.js"),
        assets.path("favicon.svg"),
        project == null ? null : Notice.of(ports, project));
  }

  /** That the project is in a spike, and what follows. */
  private @Nullable String notice(Project project) {
    SpikeWatch.Spike spike = ports.spikes().spike(project.id());
    return spike == null
        ? null
        : "A spike: "
            + Figures.exact(spike.errorsPerMinute())
            + " errors a minute, where "
            + Figures.exact(spike.limitPerMinute())
            + " would be much at this hour. Fewer of equal errors are kept whole until it is over;"
            + " every one is counted.";
  }

  /** From a cookie, so that the right colours come with the first byte. */
  private static String theme(PageRequest request) {
    String theme = request.cookie("levee-theme");
    if (theme == null) {
      return "auto";
    }
    return theme.equals("dark") || theme.equals("light") ? theme : "auto";
  }

  /** A page that says what went wrong. */
  PageResponse problem(PageRequest request, int status, String title, String detail) {
    Problem problem = new Problem(shell(request, title, null, "none"), status, title, detail);
    return PageResponse.html(status, templates.render("problem", problem));
  }

  PageResponse notFound(PageRequest request, String what) {
    return problem(request, 404, "Not found", what);
  }

  /** What the error page shows. */
  record Problem(Shell shell, int status, String title, String detail) {}
}
