package io.levee.app;

import io.levee.console.ConsolePorts;
import io.levee.edge.api.WorkRoutes;
import io.levee.edge.elmah.ElmahDeployments;
import io.levee.edge.net.BodyReader;
import io.levee.edge.net.Routes;
import io.levee.edge.sentry.SentryReleases;
import io.levee.engine.erase.Eraser;
import io.levee.engine.erase.ErasureStore;
import io.levee.engine.erase.Erasures;
import io.levee.engine.export.EventExport;
import io.levee.engine.export.ExportFormat;
import io.levee.engine.index.EventIndex;
import io.levee.engine.issue.IssueStore;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.sql.SqlDatabase;
import io.levee.sql.SqlErasureStore;
import io.levee.sql.SqlReleaseStore;
import io.levee.sql.SqlWorkStore;
import java.time.Clock;
import java.util.function.Function;

/** What belongs to the work on issues, and to releases: their stores and their doors. */
final class WorkParts {
  private final SqlWorkStore work;
  private final SqlReleaseStore releases;
  private final SqlErasureStore erasureStore;
  private final Erasures erasures;
  private final Clock clock;
  private Runnable wakeEraser = () -> {};

  WorkParts(SqlDatabase database, Clock clock) {
    this.work = new SqlWorkStore(database);
    this.releases = new SqlReleaseStore(database);
    this.erasureStore = new SqlErasureStore(database);
    this.erasures = new Erasures(erasureStore, () -> wakeEraser.run());
    this.clock = clock;
  }

  SqlWorkStore store() {
    return work;
  }

  /** Who fulfils what is to be deleted; wakes when somebody asks. */
  Eraser eraser(Function<ErasureStore, Eraser.Ports> ports) {
    Eraser eraser = new Eraser(ports.apply(erasureStore), clock, new BackgroundThreads());
    wakeEraser = eraser::wake;
    return eraser;
  }

  /** What the console needs of it. */
  ConsolePorts.Work ports() {
    return new ConsolePorts.Work(work, releases, erasures);
  }

  /** Adds the doors of the API, of sentry-cli and of elmah.io. */
  void mount(
      Routes routes,
      ProjectRegistry registry,
      IssueStore issues,
      EventIndex index,
      BodyReader bodies,
      HostGuard hosts) {
    for (ExportFormat format : ExportFormat.values()) {
      routes.on(
          "GET",
          "/p/{project}/issues/{id}/export." + format.wireName(),
          new IssueExport(registry, issues, new EventExport(index), hosts, clock, format));
    }
    WorkRoutes.Ports ports =
        new WorkRoutes.Ports(registry, issues, index, work, releases, erasures, clock);
    new WorkRoutes(ports, bodies).mount(routes);
    new SentryReleases(registry, releases, bodies, clock).mount(routes);
    new ElmahDeployments(registry, releases, bodies, clock).mount(routes);
  }

  /** Ends what was ignored until now. */
  void wake() {
    work.wake(clock.instant());
  }
}
