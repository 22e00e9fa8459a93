package io.levee.console;

import io.levee.engine.index.FacetValue;
import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueFilter;
import io.levee.engine.issue.IssueId;
import io.levee.engine.issue.IssuePage;
import io.levee.engine.issue.IssueStatus;
import io.levee.engine.issue.IssueStore;
import io.levee.engine.query.Query;
import io.levee.engine.query.QueryParser;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.work.Change;
import io.levee.engine.work.ChangeOutcome;
import io.levee.engine.work.IssueWork;
import io.levee.engine.work.Priority;
import io.levee.engine.work.Sight;
import io.levee.engine.work.Target;
import io.levee.event.Fingerprint;
import io.levee.event.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The list of issues, and what can be done with many at once. */
final class IssueListPages {
  static final List<String> PARAMS =
      List.of(
          "q", "status", "level", "environment", "release", "sort", "range", "from", "to", "after");

  private static final String RANGE_STANDARD = "14d";
  private static final int PAGE_SIZE = 50;
  private static final int SELECTED_MAX = 500;
  private static final int SPARK_BARS = 28;

  private final Site site;
  private final ConnectPages connect;
  private final IssueStore issues;

  IssueListPages(Site site, ConnectPages connect) {
    this.site = site;
    this.connect = connect;
    this.issues = site.ports().issues();
  }

  PageResponse handle(PageRequest request, Project project, List<String> rest) {
    if (rest.size() == 1) {
      return request.isPost()
          ? setStatus(request, project)
          : site.notFound(request, "Statuses are set by POST.");
    }
    if (!rest.isEmpty()) {
      return site.notFound(request, "There is no page at " + request.path() + ".");
    }
    return list(request, project, Done.of(request));
  }

  private PageResponse setStatus(PageRequest request, Project project) {
    IssueStatus status = IssueStatus.parse(String.valueOf(request.field("to")));
    if (status == null) {
      return PageResponse.text(400, "to: (expected: unresolved, resolved or ignored)");
    }
    if (request.field("all") != null) {
      return changeAll(request, project, IssuePages.change(status));
    }
    Set<IssueId> ids = new HashSet<>();
    for (String text : request.fields("id")) {
      if (!text.matches("\\d{1,18}") || ids.size() >= SELECTED_MAX) {
        return PageResponse.text(400, "id: (expected: at most 500 issue numbers)");
      }
      ids.add(new IssueId(Long.parseLong(text)));
    }
    Target named =
        new Target.Named(
            ids.stream().collect(Collectors.toMap(id -> id, id -> Target.ANY_VERSION)));
    return change(request, project, named, IssuePages.change(status));
  }

  /** Everything that the list's filters match, on all its pages. */
  private PageResponse changeAll(PageRequest request, Project project, Change change) {
    ProjectScope scope = Site.scope(project);
    TimeChoice time = TimeChoice.of(request, site.now(), RANGE_STANDARD);
    Params params = params(request, project);
    if (!(QueryParser.parse(params.get("q")) instanceof QueryParser.Parsed parsed)) {
      return PageResponse.text(400, "q: (expected: a query that can be read)");
    }
    IssueFilter filter = filter(request, scope, time, fingerprints(scope, parsed.query(), time));
    String asOf = request.field("as_of");
    return change(
        request,
        project,
        new Target.Matching(filter, asOf == null ? null : Sight.parse(asOf)),
        change);
  }

  private PageResponse change(PageRequest request, Project project, Target target, Change change) {
    ChangeOutcome outcome =
        site.ports()
            .work()
            .store()
            .change(Site.scope(project), target, change, WorkView.YOU, site.now());
    Done done =
        switch (outcome) {
          case ChangeOutcome.Changed(int changed, String undo, var until) ->
              new Done(Figures.count(changed, "issue") + " " + done(change) + ".", undo);
          case ChangeOutcome.Stale stale -> new Done(WorkPages.staleWords(stale), null);
          case ChangeOutcome.TooMany(long matching) ->
              new Done(
                  "Nothing was changed: "
                      + Figures.count(matching, "issue")
                      + " match, which is more than "
                      + Figures.exact(Target.MATCHING_MAX)
                      + ".",
                  null);
          case ChangeOutcome.UnknownRelease(String release) ->
              new Done("Nothing was changed: there is no release " + release + ".", null);
        };
    return request.isHtmx()
        ? list(request, project, done)
        : PageResponse.seeOther(params(request, project).with("undo", done.undo()).href());
  }

  private static String done(Change change) {
    return switch (change) {
      case Change.Unresolve ignored -> "unresolved again";
      case Change.Resolve ignored -> "now resolved";
      case Change.ResolveInNextRelease ignored -> "resolved in the next release";
      case Change.ResolveInRelease(String release) -> "resolved in " + release;
      case Change.Ignore ignored -> "now ignored";
      case Change.Archive ignored -> "archived";
      case Change.Prioritise(Priority priority) -> "of priority " + priority.wireName();
    };
  }

  /**
   * What was just done.
   *
   * @param undo takes it back; null when there is nothing to take back
   */
  record Done(String words, @Nullable String undo) {
    /** As the address says it, after a change that ended with going there. */
    static Done of(PageRequest request) {
      String kept = request.param("kept");
      String words =
          kept != null && kept.matches("\\d{1,9}")
              ? "Taken back, except for "
                  + Figures.count(Long.parseLong(kept), "issue")
                  + " that changed since."
              : "";
      return new Done(words, request.param("undo"));
    }
  }

  private static Params params(PageRequest request, Project project) {
    return Params.of(request, "/p/" + project.slug() + "/issues", PARAMS);
  }

  private PageResponse list(PageRequest request, Project project, Done done) {
    IssueListView view = view(request, project, done);
    if (!request.isHtmx() && view.total() == 0 && connect.isEmpty(project)) {
      return connect.page(request, project);
    }
    String template = request.isHtmx() ? "issueList" : "issues";
    return site.templates().page(template, view).with("Vary", "HX-Request");
  }

  private IssueListView view(PageRequest request, Project project, Done done) {
    ProjectScope scope = Site.scope(project);
    Instant now = site.now();
    Sight seen = site.ports().work().store().look(now);
    TimeChoice time = TimeChoice.of(request, now, RANGE_STANDARD);
    Params params = params(request, project);
    QueryParser.Result reading = QueryParser.parse(params.get("q"));
    List<Fingerprint> prints =
        reading instanceof QueryParser.Parsed(Query query, var ignored)
            ? fingerprints(scope, query, time)
            : List.of();
    IssuePage page =
        reading instanceof QueryParser.SyntaxError
            ? new IssuePage(List.of(), 0, null)
            : issues.list(filter(request, scope, time, prints));
    return new IssueListView(
        site.shell(request, "Issues · " + project.name(), project, "issues"),
        SearchBox.of(params, reading, "/p/" + project.slug() + "/suggest"),
        params,
        time,
        rows(scope, page.issues(), time, now),
        page.total(),
        page.next(),
        issues.seenIn(scope),
        done.words(),
        new BulkView(seen.toString(), done.undo(), done.words()),
        prints != null && prints.size() >= IssueListView.FINGERPRINTS_MAX);
  }

  /** Those of the events that match; null when the query does not restrict. */
  private @Nullable List<Fingerprint> fingerprints(
      ProjectScope scope, Query query, TimeChoice time) {
    if (query instanceof Query.All) {
      return null;
    }
    List<FacetValue> found =
        site.ports()
            .index()
            .facets(
                scope, query, time.range(), List.of("fingerprint"), IssueListView.FINGERPRINTS_MAX)
            .getOrDefault("fingerprint", List.of());
    List<Fingerprint> fingerprints = new ArrayList<>();
    for (FacetValue value : found) {
      fingerprints.addAll(FingerprintText.parse(value.value()));
    }
    return fingerprints;
  }

  private static IssueFilter filter(
      PageRequest request,
      ProjectScope scope,
      TimeChoice time,
      @Nullable List<Fingerprint> fingerprints) {
    return new IssueFilter(
        scope,
        null,
        statuses(request),
        levels(request),
        request.param("environment"),
        request.param("release"),
        time.range(),
        fingerprints,
        sort(request),
        request.param("after"),
        PAGE_SIZE);
  }

  private static Set<IssueStatus> statuses(PageRequest request) {
    String word = request.param("status");
    IssueStatus status = word == null ? IssueStatus.UNRESOLVED : IssueStatus.parse(word);
    return status == null ? Set.of() : Set.of(status);
  }

  private static Set<Level> levels(PageRequest request) {
    String word = request.param("level");
    Level level = word == null ? null : Level.parse(word);
    return level == null ? Set.of() : Set.of(level);
  }

  private static IssueFilter.Sort sort(PageRequest request) {
    String word = request.param("sort");
    for (IssueFilter.Sort sort : IssueFilter.Sort.values()) {
      if (sort.name().toLowerCase(Locale.ROOT).equals(word)) {
        return sort;
      }
    }
    return IssueFilter.Sort.LAST_SEEN;
  }

  private List<IssueRow> rows(
      ProjectScope scope, List<Issue> listed, TimeChoice time, Instant now) {
    if (listed.isEmpty()) {
      return List.of();
    }
    Duration bucket = wholeHours(time);
    Set<IssueId> ids = listed.stream().map(Issue::id).collect(Collectors.toSet());
    Map<IssueId, List<Long>> trends = issues.trends(scope, ids, time.range(), bucket);
    Map<IssueId, IssueWork> works = site.ports().work().store().of(scope, ids, WorkView.YOU, now);
    String span = TimeText.span(time.range().length().toSeconds());
    return listed.stream()
        .map(issue ->
            IssueRow.of(
                issue,
                Sparkline.of(trends.getOrDefault(issue.id(), List.of()), span),
                works.getOrDefault(issue.id(), IssueWork.untouched(issue.id())),
                now))
        .toList();
  }

  private static Duration wholeHours(TimeChoice time) {
    long hours = (time.range().length().toHours() + SPARK_BARS - 1) / SPARK_BARS;
    return Duration.ofHours(Math.max(1, hours));
  }
}
