package io.levee.edge.api;

import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.index.EventCount;
import io.levee.engine.index.EventIndex;
import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueFilter;
import io.levee.engine.issue.IssueId;
import io.levee.engine.issue.IssuePage;
import io.levee.engine.issue.IssueStatus;
import io.levee.engine.issue.IssueStore;
import io.levee.engine.query.Query;
import io.levee.event.Json;
import io.levee.event.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/issues} and {@code /issues/{id}}. */
final class IssuesEndpoint {
  private static final int LIMIT_DEFAULT = 50;
  private static final int LIMIT_MAX = 500;

  private final IssueStore issues;
  private final EventIndex index;

  IssuesEndpoint(IssueStore issues, EventIndex index) {
    this.issues = issues;
    this.index = index;
  }

  HttpReply list(HttpCall call, ReadContext read) {
    ApiParameters parameters = read.parameters();
    IssueFilter filter =
        new IssueFilter(
            read.scope(),
            parameters.textOrNull("query"),
            status(parameters),
            level(parameters),
            parameters.textOrNull("environment"),
            parameters.textOrNull("release"),
            parameters.textOrNull("from") == null && parameters.textOrNull("to") == null
                ? null
                : parameters.range(),
            null,
            sort(parameters),
            parameters.textOrNull("cursor"),
            parameters.number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX));
    IssuePage page = issues.list(filter);
    List<Json.Obj> list = page.issues().stream().map(IssuesEndpoint::json).toList();
    return HttpReply.json(
        200,
        ApiReplies.object(
            "issues",
            Json.array(list),
            "total",
            page.total(),
            "next",
            page.next() == null ? Json.nothing() : page.next()));
  }

  HttpReply one(HttpCall call, ReadContext read) {
    String text = call.pathParameter("id");
    try {
      Optional<Issue> issue = issues.find(read.scope(), new IssueId(Long.parseLong(text)));
      return issue.isPresent()
          ? HttpReply.json(200, counted(read, issue.get()))
          : ApiReplies.error(404, "no issue " + text);
    } catch (NumberFormatException e) {
      return ApiReplies.error(400, "id: \"" + text + "\" (expected: a number)");
    }
  }

  /** With how many of its events are kept, and how many these stand for. */
  private Json.Obj counted(ReadContext read, Issue issue) {
    List<Query> prints =
        issue.fingerprints().stream()
            .<Query>map(print -> new Query.Term("fingerprint", print.value()))
            .toList();
    Query query = prints.size() == 1 ? prints.getFirst() : new Query.Or(prints);
    EventCount count = index.count(read.scope(), query, read.parameters().allTime());
    Map<String, Json> fields = new LinkedHashMap<>(json(issue).fields());
    fields.put("stored", Json.number(count.stored()));
    fields.put("count", Json.number(count.events()));
    return new Json.Obj(fields);
  }

  private static Set<IssueStatus> status(ApiParameters parameters) {
    String text = parameters.textOrNull("status");
    if (text == null) {
      return Set.of();
    }
    IssueStatus status = IssueStatus.parse(text);
    if (status == null) {
      throw new ApiParameters.Wrong(
          "status: \"" + text + "\" (expected: unresolved, resolved or ignored)");
    }
    return Set.of(status);
  }

  private static Set<Level> level(ApiParameters parameters) {
    String text = parameters.textOrNull("level");
    if (text == null) {
      return Set.of();
    }
    Level level = Level.parse(text);
    if (level == null) {
      throw new ApiParameters.Wrong(
          "level: \"" + text + "\" (expected: trace, debug, info, warning, error or fatal)");
    }
    return Set.of(level);
  }

  private static IssueFilter.Sort sort(ApiParameters parameters) {
    String text = parameters.textOrNull("sort");
    if (text == null) {
      return IssueFilter.Sort.LAST_SEEN;
    }
    for (IssueFilter.Sort sort : IssueFilter.Sort.values()) {
      if (sort.name().toLowerCase(Locale.ROOT).equals(text)) {
        return sort;
      }
    }
    throw new ApiParameters.Wrong(
        "sort: \"" + text + "\" (expected: last_seen, first_seen, events or users)");
  }

  private static Json.Obj json(Issue issue) {
    Map<String, Json> fields = new LinkedHashMap<>();
    fields.put("id", Json.number(issue.id().value()));
    fields.put("project", Json.number(issue.project().value()));
    fields.put("title", Json.text(issue.title()));
    put(fields, "culprit", issue.culprit());
    put(fields, "type", issue.exceptionType());
    put(fields, "platform", issue.platform());
    put(fields, "logger", issue.logger());
    fields.put("level", Json.text(issue.level().wireName()));
    fields.put("status", Json.text(issue.status().wireName()));
    fields.put("regressed", Json.bool(issue.regressed()));
    fields.put("events", Json.number(issue.events()));
    fields.put("users", Json.number(issue.users()));
    fields.put("first_seen", Json.text(issue.firstSeen().toString()));
    fields.put("last_seen", Json.text(issue.lastSeen().toString()));
    put(fields, "first_release", issue.firstRelease());
    put(fields, "last_release", issue.lastRelease());
    fields.put(
        "fingerprints",
        Json.array(issue.fingerprints().stream().map(f -> Json.text(f.value())).toList()));
    return new Json.Obj(fields);
  }

  private static void put(Map<String, Json> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, Json.text(value));
    }
  }
}
