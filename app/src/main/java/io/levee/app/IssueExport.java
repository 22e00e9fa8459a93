package io.levee.app;

import io.levee.edge.net.Endpoint;
import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.export.EventExport;
import io.levee.engine.export.ExportFormat;
import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueEvents;
import io.levee.engine.issue.IssueId;
import io.levee.engine.issue.IssueStore;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.BackendException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The console's export of an issue's events: a page's address, but streamed, which pages are not.
 */
final class IssueExport implements Endpoint {
  private static final Duration AHEAD = Duration.ofMinutes(10);

  private final ProjectRegistry registry;
  private final IssueStore issues;
  private final EventExport export;
  private final HostGuard hosts;
  private final Clock clock;
  private final ExportFormat format;

  IssueExport(
      ProjectRegistry registry,
      IssueStore issues,
      EventExport export,
      HostGuard hosts,
      Clock clock,
      ExportFormat format) {
    this.registry = registry;
    this.issues = issues;
    this.export = export;
    this.hosts = hosts;
    this.clock = clock;
    this.format = format;
  }

  @Override
  public HttpReply handle(HttpCall call) {
    if (!hosts.knows(call.header("Host"))) {
      return HttpReply.text(421, "this console is not served under that name\n");
    }
    String site = call.header("Sec-Fetch-Site");
    if (site != null && site.equals("cross-site")) {
      return HttpReply.text(403, "exports are for this console's own pages\n");
    }
    try {
      Optional<Project> project = registry.projectBySlug(call.pathParameter("project"));
      String number = call.pathParameter("id");
      Optional<Issue> issue =
          project.isPresent() && number.matches("\\d{1,18}")
              ? issues.find(
                  ProjectScope.of(project.get().id()), new IssueId(Long.parseLong(number)))
              : Optional.empty();
      return issue.map(this::stream).orElseGet(() -> HttpReply.text(404, "no such issue\n"));
    } catch (BackendException e) {
      return HttpReply.text(503, e.getMessage() + "\n").with("Retry-After", "5");
    }
  }

  private HttpReply stream(Issue issue) {
    Instant now = clock.instant();
    return HttpReply.stream(
            format.contentType(),
            out -> {
              var _ =
                  export.write(
                      ProjectScope.of(issue.project()),
                      IssueEvents.query(issue),
                      new TimeRange(Instant.EPOCH, now.plus(AHEAD)),
                      format,
                      out);
            })
        .with("X-Content-Type-Options", "nosniff")
        .with(
            "Content-Disposition",
            "attachment; filename=\"issue-" + issue.id() + "." + format.wireName() + "\"");
  }
}
