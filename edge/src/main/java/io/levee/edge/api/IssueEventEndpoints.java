package io.levee.edge.api;

import io.levee.edge.net.HttpReply;
import io.levee.engine.export.EventExport;
import io.levee.engine.export.ExportFormat;
import io.levee.engine.index.EventIndex;
import io.levee.engine.index.SearchPage;
import io.levee.engine.index.SearchRequest;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueEvents;
import io.levee.engine.issue.IssueStore;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.work.RecommendedEvent;
import io.levee.engine.work.WorkStore;
import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import io.levee.event.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The events of one issue: a page, the one to show, all of them; and issues like it. */
final class IssueEventEndpoints {
  private static final int LIMIT_DEFAULT = 100;
  private static final int LIMIT_MAX = 1_000;
  private static final int RECOMMENDED_OF = 50;
  private static final int SIMILAR_DEFAULT = 5;
  private static final int SIMILAR_MAX = 50;

  private final IssueStore issues;
  private final WorkStore work;
  private final EventIndex index;
  private final EventExport export;

  IssueEventEndpoints(IssueStore issues, WorkStore work, EventIndex index) {
    this.issues = issues;
    this.work = work;
    this.index = index;
    this.export = new EventExport(index);
  }

  private HttpReply ofIssue(WorkCall call, Function<Issue, HttpReply> next) {
    return issues
        .find(call.scope(), WorkEndpoints.issue(call))
        .map(next)
        .orElseGet(() -> ApiReplies.error(404, "no issue " + call.http().pathParameter("id")));
  }

  private static SearchRequest.Order order(WorkCall call) {
    return switch (call.parameters().text("order")) {
      case "", "newest" -> SearchRequest.Order.NEWEST;
      case "oldest" -> SearchRequest.Order.OLDEST;
      default ->
          throw new ApiParameters.Wrong(
              "order: \"" + call.parameters().text("order") + "\" (expected: newest or oldest)");
    };
  }

  /** {@code GET /issues/{id}/events}. */
  HttpReply events(WorkCall call) {
    return ofIssue(
        call,
        issue -> {
          SearchPage page =
              index.search(
                  new SearchRequest(
                      call.scope(),
                      IssueEvents.query(issue),
                      call.parameters().allTime(),
                      order(call),
                      call.parameters().textOrNull("cursor"),
                      call.parameters().number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX)));
          return EventsEndpoints.page(page);
        });
  }

  /** {@code GET /issues/{id}/event}: {@code which} is latest, oldest or recommended. */
  HttpReply event(WorkCall call) {
    return ofIssue(
        call,
        issue -> {
          ProjectScope scope = call.scope();
          Query query = IssueEvents.query(issue);
          TimeRange range = call.parameters().allTime();
          Optional<Event> found =
              switch (call.parameters().text("which")) {
                case "", "recommended" ->
                    RecommendedEvent.of(
                        index
                            .search(SearchRequest.newest(scope, query, range, RECOMMENDED_OF))
                            .events()
                            .stream()
                            .map(StoredEvent::event)
                            .toList());
                case "latest" -> first(SearchRequest.newest(scope, query, range, 1));
                case "oldest" ->
                    first(
                        new SearchRequest(
                            scope, query, range, SearchRequest.Order.OLDEST, null, 1));
                default ->
                    throw new ApiParameters.Wrong(
                        "which: \""
                            + call.parameters().text("which")
                            + "\" (expected: latest, oldest or recommended)");
              };
          return found
              .map(event -> HttpReply.of(200, "application/json", CanonicalJson.write(event)))
              .orElseGet(() -> ApiReplies.error(404, "none of its events is kept any more"));
        });
  }

  private Optional<Event> first(SearchRequest request) {
    return index.search(request).events().stream().map(StoredEvent::event).findFirst();
  }

  /** {@code GET /issues/{id}/export}. */
  HttpReply export(WorkCall call) {
    String word = call.parameters().text("format");
    ExportFormat format = ExportFormat.parse(word.isEmpty() ? "ndjson" : word);
    if (format == null) {
      throw new ApiParameters.Wrong("format: \"" + word + "\" (expected: ndjson or csv)");
    }
    return ofIssue(
        call,
        issue ->
            HttpReply.stream(
                    format.contentType(),
                    out -> {
                      var _ =
                          export.write(
                              call.scope(),
                              IssueEvents.query(issue),
                              call.parameters().allTime(),
                              format,
                              out);
                    })
                .with(
                    "Content-Disposition",
                    "attachment; filename=\"issue-" + issue.id() + "." + format.wireName() + "\""));
  }

  /** {@code GET /issues/{id}/similar}. */
  HttpReply similar(WorkCall call) {
    int limit = call.parameters().number("limit", SIMILAR_DEFAULT, 1, SIMILAR_MAX);
    return ofIssue(
        call,
        issue -> {
          List<Json.Obj> list =
              work.similar(call.scope(), issue.id(), limit).stream()
                  .map(other ->
                      ApiReplies.object(
                          "id",
                          other.issue().value(),
                          "title",
                          other.title(),
                          "likeness",
                          Json.number(Math.round(other.likeness() * 100) / 100.0)))
                  .toList();
          return HttpReply.json(200, ApiReplies.object("similar", Json.array(list)));
        });
  }
}
