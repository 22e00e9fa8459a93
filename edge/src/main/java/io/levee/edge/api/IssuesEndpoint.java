package io.levee.edge.api;

import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.grouping.MergeStore;
import io.levee.engine.index.EventCount;
import io.levee.engine.index.EventIndex;
import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueEvents;
import io.levee.engine.issue.IssueFilter;
import io.levee.engine.issue.IssueId;
import io.levee.engine.issue.IssuePage;
import io.levee.engine.issue.IssueStore;
import io.levee.engine.query.Query;
import io.levee.engine.work.IssueWork;
import io.levee.engine.work.Sight;
import io.levee.engine.work.WorkStore;
import io.levee.event.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/issues} and {@code /issues/{id}}. */
final class IssuesEndpoint {
  private final IssueStore issues;
  private final MergeStore merges;
  private final WorkStore work;
  private final EventIndex index;

  IssuesEndpoint(IssueStore issues, MergeStore merges, WorkStore work, EventIndex index) {
    this.issues = issues;
    this.merges = merges;
    this.work = work;
    this.index = index;
  }

  HttpReply list(HttpCall call, ReadContext read) {
    Sight seen = work.look(read.parameters().now());
    IssueFilter filter = IssueFilters.read(read.scope(), read.parameters());
    IssuePage page = issues.list(filter);
    List<Json.Obj> list = worked(read, page.issues());
    return HttpReply.json(
        200,
        ApiReplies.object(
            "issues",
            Json.array(list),
            "total",
            page.total(),
            "next",
            page.next() == null ? Json.nothing() : page.next(),
            "as_of",
            seen.toString()));
  }

  HttpReply one(HttpCall call, ReadContext read) {
    String text = call.pathParameter("id");
    try {
      Optional<Issue> issue = issues.find(read.scope(), new IssueId(Long.parseLong(text)));
      return issue.isPresent()
          ? HttpReply.json(200, counted(read, issue.get()))
          : missing(read, text);
    } catch (NumberFormatException e) {
      return ApiReplies.error(400, "id: \"" + text + "\" (expected: a number)");
    }
  }

  /** One that was merged into another is found there; taken out again, it is here again. */
  private HttpReply missing(ReadContext read, String text) {
    return merges
        .mergedInto(read.scope(), new IssueId(Long.parseLong(text)))
        .map(into ->
            HttpReply.json(
                    307,
                    ApiReplies.object(
                        "detail",
                        "issue " + text + " was merged into issue " + into,
                        "merged_into",
                        into.value()))
                .with("Location", "/api/v1/issues/" + into))
        .orElseGet(() -> ApiReplies.error(404, "no issue " + text));
  }

  /** With how many of its events are kept, and how many these stand for. */
  private Json.Obj counted(ReadContext read, Issue issue) {
    Query query = IssueEvents.query(issue);
    EventCount count = index.count(read.scope(), query, read.parameters().allTime());
    Map<String, Json> fields =
        new LinkedHashMap<>(worked(read, List.of(issue)).getFirst().fields());
    fields.put("stored", Json.number(count.stored()));
    fields.put("count", Json.number(count.events()));
    return new Json.Obj(fields);
  }

  /** With what was decided about them. */
  private List<Json.Obj> worked(ReadContext read, List<Issue> found) {
    Instant now = read.parameters().now();
    Set<IssueId> ids = found.stream().map(Issue::id).collect(Collectors.toSet());
    Map<IssueId, IssueWork> works = work.of(read.scope(), ids, read.actor(), now);
    return found.stream()
        .map(issue ->
            WorkJson.with(
                json(issue),
                issue,
                works.getOrDefault(issue.id(), IssueWork.untouched(issue.id())),
                now))
        .toList();
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
