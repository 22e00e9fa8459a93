package io.levee.console;

import io.levee.engine.registry.Project;
import io.levee.engine.run.BackendException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console: answers requests for pages, parts of pages and assets. Thread-safe; holds no state
 * but the assets. Never throws for what a request holds or a backend does: those are answers, too.
 */
public final class Console {
  private static final Logger LOG = LoggerFactory.getLogger(Console.class);

  private final Site site;
  private final IssueListPages issueList;
  private final IssuePages issues;
  private final WorkPages work;
  private final IssueEventPages issueEvents;
  private final ReleasePages releases;
  private final SearchPages search;
  private final ExplorePages explore;
  private final EventPages events;
  private final SuggestPages suggest;
  private final PalettePages palette;
  private final ConnectPages connect;
  private final PipelinePages pipeline;
  private final LedgerPages ledger;
  private final SettingsPages settings;
  private final ErasurePages erasures;
  private final MergedAway mergedAway;
  private final @Nullable GroupingPages grouping;

  /** Reads templates and assets from the class path; asks the ports nothing yet. */
  public Console(ConsolePorts ports) {
    this(ports, null);
  }

  /**
   * The same with the pages about grouping.
   *
   * @param groupingPorts null: without them
   */
  public Console(ConsolePorts ports, @Nullable GroupingPorts groupingPorts) {
    this.site = new Site(ports);
    EventTrail trail = new EventTrail(ports.index(), ports.clock());
    this.connect = new ConnectPages(site);
    this.issueList = new IssueListPages(site, connect);
    this.work = new WorkPages(site);
    this.issueEvents = new IssueEventPages(site);
    this.issues = new IssuePages(site, trail, work);
    this.releases = new ReleasePages(site);
    this.search = new SearchPages(site);
    this.explore = new ExplorePages(site);
    this.events = new EventPages(site, trail);
    this.suggest = new SuggestPages(site);
    this.palette = new PalettePages(site);
    this.pipeline = new PipelinePages(site);
    this.ledger = new LedgerPages(site);
    this.settings = new SettingsPages(site);
    this.erasures = new ErasurePages(site);
    this.mergedAway = new MergedAway(site, groupingPorts);
    this.grouping = groupingPorts == null ? null : new GroupingPages(site, groupingPorts);
  }

  /**
   * Whether a path belongs to the console. What does not, belongs to a door; the console answers it
   * with a page that says "not found".
   */
  public static boolean serves(String path) {
    return path.equals("/")
        || path.equals("/favicon.ico")
        || path.equals("/explore")
        || path.equals("/pipeline")
        || path.startsWith("/pipeline/")
        || path.startsWith("/p/")
        || path.startsWith(Assets.PREFIX);
  }

  /** Answers a request; security headers are on every answer. */
  public PageResponse handle(PageRequest request) {
    return ScopedValue.where(Reader.CURRENT, Reader.of(request))
        .call(() -> Guard.protect(answer(request)));
  }

  private PageResponse answer(PageRequest request) {
    try {
      if (!request.isGet() && !request.isPost()) {
        return PageResponse.text(405, "GET, HEAD or POST").with("Allow", "GET, HEAD, POST");
      }
      if (request.isPost() && !Guard.isFromOurPage(request)) {
        return site.problem(
            request, 403, "Refused", "Changes are taken only from this console's own pages.");
      }
      return route(request);
    } catch (BackendException e) {
      LOG.atWarn().addKeyValue("path", request.path()).setCause(e).log("store does not answer");
      return unanswered(request, e);
    } catch (IllegalArgumentException e) {
      // A store says so of a page mark that is not its own; anything else of this kind is a bug.
      return request.param("after") == null
          ? bug(request, e)
          : failed(request, 400, "That page is gone", "Start again from the first one.");
    } catch (RuntimeException e) {
      return bug(request, e);
    }
  }

  private PageResponse unanswered(PageRequest request, BackendException e) {
    return e instanceof BackendException.OverCapacity
        ? failed(
            request,
            503,
            "That is too much at once",
            "Ask for a shorter time or more exact words. " + e.getMessage())
        : failed(request, 503, "A store does not answer", String.valueOf(e.getMessage()));
  }

  private PageResponse bug(PageRequest request, RuntimeException e) {
    String reference = reference();
    LOG.atError()
        .addKeyValue("path", request.path())
        .addKeyValue("reference", reference)
        .setCause(e)
        .log("page failed");
    String detail = "That is our fault. The server's log has it as " + reference + ".";
    return failed(request, 500, "This page failed", detail);
  }

  /** The error page itself asks the registry; when that fails too, plain words have to do. */
  private PageResponse failed(PageRequest request, int status, String title, String detail) {
    try {
      return site.problem(request, status, title, detail);
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("error page failed");
      return PageResponse.text(status, title + ". " + detail);
    }
  }

  private static String reference() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  }

  private PageResponse route(PageRequest request) {
    String path = request.path();
    if (path.startsWith(Assets.PREFIX)) {
      return site.assets().serve(request);
    }
    if (path.equals("/favicon.ico")) {
      return PageResponse.seeOther(site.assets().path("favicon.svg"));
    }
    if (path.equals("/")) {
      return home(request);
    }
    if (path.equals("/explore")) {
      return explore.ofSomeProject(request);
    }
    List<String> parts = Arrays.asList(path.substring(1).split("/", -1));
    if (parts.getFirst().equals("pipeline")) {
      return pipeline.handle(request, parts.subList(1, parts.size()));
    }
    if (!parts.getFirst().equals("p") || parts.size() < 2) {
      return site.notFound(request, "There is no page at " + path + ".");
    }
    Optional<Project> project = site.project(parts.get(1));
    if (project.isEmpty()) {
      return site.notFound(request, "There is no project “" + parts.get(1) + "”.");
    }
    return inProject(request, project.get(), parts.subList(2, parts.size()));
  }

  private PageResponse home(PageRequest request) {
    List<Project> projects = site.ports().registry().projects();
    return projects.isEmpty()
        ? site.notFound(request, "There is no project yet.")
        : PageResponse.seeOther("/p/" + projects.getFirst().slug() + "/issues");
  }

  private PageResponse inProject(PageRequest request, Project project, List<String> rest) {
    String section = rest.isEmpty() ? "" : rest.getFirst();
    List<String> more = rest.isEmpty() ? rest : rest.subList(1, rest.size());
    return switch (section) {
      case "" -> PageResponse.seeOther("/p/" + project.slug() + "/issues");
      case "issues" ->
          WorkPages.serves(more)
              ? work.handle(request, project, more)
              : inIssues(request, project, more);
      case "releases" -> releases.handle(request, project, more);
      case "search" -> search.handle(request, project, more);
      case "explore" -> explore.handle(request, project, more);
      case "events" -> events.handle(request, project, more);
      case "suggest" -> suggest.handle(request, project);
      case "palette" -> palette.handle(request, project);
      case "ledger" ->
          more.isEmpty()
              ? ledger.handle(request, project)
              : site.notFound(request, "There is no page at " + request.path() + ".");
      case "erasures" -> erasures.handle(request, project, more);
      case "settings" -> settings.handle(request, project, more);
      case "grouping" ->
          grouping == null
              ? site.notFound(request, "There is no page at " + request.path() + ".")
              : grouping.handle(request, project, more);
      case "connect", "arrived" -> connect.handle(request, project, section);
      default -> site.notFound(request, "There is no page at " + request.path() + ".");
    };
  }

  private PageResponse inIssues(PageRequest request, Project project, List<String> more) {
    String into = request.isPost() ? null : mergedAway.into(project, more);
    if (into != null) {
      return PageResponse.seeOther(into);
    }
    if (ErasurePages.serves(more)) {
      return erasures.issue(request, project, more);
    }
    if (IssueEventPages.serves(more)) {
      return issueEvents.handle(request, project, more);
    }
    return more.isEmpty() || more.getFirst().equals("status")
        ? issueList.handle(request, project, more)
        : issues.handle(request, project, more);
  }
}
