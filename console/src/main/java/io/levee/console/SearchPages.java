package io.levee.console;

import io.levee.engine.index.EventCount;
import io.levee.engine.index.EventIndex;
import io.levee.engine.index.SearchPage;
import io.levee.engine.index.SearchRequest;
import io.levee.engine.query.Query;
import io.levee.engine.query.QueryParser;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectScope;
import java.time.Instant;
import java.util.List;

/** Search: histogram, facets and results of a query. */
final class SearchPages {
  static final List<String> PARAMS = List.of("q", "range", "from", "to", "order", "after", "shown");

  private static final String RANGE_STANDARD = "24h";
  private static final int PAGE_SIZE = 50;
  private static final int BARS = 72;

  private final Site site;

  SearchPages(Site site) {
    this.site = site;
  }

  PageResponse handle(PageRequest request, Project project, List<String> rest) {
    if (rest.equals(List.of("fresh"))) {
      return fresh(request, project);
    }
    if (!rest.isEmpty()) {
      return site.notFound(request, "There is no page at " + request.path() + ".");
    }
    String path = "/p/" + project.slug() + "/search";
    Params params = Params.of(request, path, PARAMS);
    QueryParser.Result reading = QueryParser.parse(params.get("q"));
    SearchBox box = SearchBox.of(params, reading, "/p/" + project.slug() + "/suggest");
    return switch (reading) {
      case QueryParser.Parsed(Query query, var ignored) ->
          found(request, project, params, box, query);
      case QueryParser.SyntaxError ignored -> misread(request, project, params, box);
    };
  }

  /** How many events there are since a time, as a bare number. */
  private PageResponse fresh(PageRequest request, Project project) {
    String text = request.param("q") == null ? "" : request.param("q");
    if (!(QueryParser.parse(text) instanceof QueryParser.Parsed(Query query, var ignored))) {
      return PageResponse.text(400, "0");
    }
    TimeChoice since = TimeChoice.of(request, site.now(), "1h");
    long count = site.ports().index().count(Site.scope(project), query, since.range()).events();
    return PageResponse.text(200, Long.toString(count));
  }

  private PageResponse misread(PageRequest request, Project project, Params params, SearchBox box) {
    TimeChoice time = TimeChoice.of(request, site.now(), RANGE_STANDARD);
    SearchView view =
        new SearchView(
            shell(request, project), box, params, time, null, List.of(), List.of(), 0, 0, 0, null);
    return PageResponse.html(400, site.templates().render("search", view));
  }

  private Shell shell(PageRequest request, Project project) {
    return site.shell(request, "Search · " + project.name(), project, "search");
  }

  private PageResponse found(
      PageRequest request, Project project, Params params, SearchBox box, Query query) {
    ProjectScope scope = Site.scope(project);
    EventIndex index = site.ports().index();
    Instant now = site.now();
    TimeChoice time = TimeChoice.of(request, now, RANGE_STANDARD);
    SearchPage page = index.search(search(request, scope, query, time));
    long shown = shownBefore(params) + page.events().size();
    List<ResultRow> rows =
        page.events().stream()
            .map(stored -> ResultRow.of(stored.event(), project.slug(), now))
            .toList();
    EventCount count = index.count(scope, query, time.range());
    boolean more = request.isHtmx() && !params.get("after").isEmpty();
    SearchView view =
        new SearchView(
            shell(request, project),
            box,
            params,
            time,
            more
                ? null
                : Chart.of(
                    index.histogram(scope, query, time.range(), time.bucket(BARS)),
                    ReleasePages.marks(site, scope, time.range())),
            more
                ? List.of()
                : Facets.of(
                    index,
                    scope,
                    query,
                    time.range(),
                    Facets.FIELDS,
                    Facets.keys(page.events()),
                    count.events()),
            rows,
            shown,
            count.stored(),
            count.events(),
            page.next());
    return site.templates().page(more ? "searchRows" : "search", view).with("Vary", "HX-Request");
  }

  private static SearchRequest search(
      PageRequest request, ProjectScope scope, Query query, TimeChoice time) {
    boolean oldest = "oldest".equals(request.param("order"));
    return new SearchRequest(
        scope,
        query,
        time.range(),
        oldest ? SearchRequest.Order.OLDEST : SearchRequest.Order.NEWEST,
        request.param("after"),
        PAGE_SIZE);
  }

  private static long shownBefore(Params params) {
    String shown = params.get("shown");
    return shown.matches("\\d{1,9}") ? Long.parseLong(shown) : 0;
  }
}
