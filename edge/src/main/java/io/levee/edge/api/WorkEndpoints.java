package io.levee.edge.api;

import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.issue.IssueId;
import io.levee.engine.work.Change;
import io.levee.engine.work.ChangeOutcome;
import io.levee.engine.work.ChangeWords;
import io.levee.engine.work.CommentOutcome;
import io.levee.engine.work.Entry;
import io.levee.engine.work.Sight;
import io.levee.engine.work.Target;
import io.levee.engine.work.UndoOutcome;
import io.levee.engine.work.WorkStore;
import io.levee.event.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes of issues, taking them back, activity, comments and bookmarks. */
final class WorkEndpoints {
  private static final int ENTRIES_DEFAULT = 50;
  private static final int ENTRIES_MAX = 500;
  private static final int ID_DIGITS_MAX = 18;

  private final WorkStore work;

  WorkEndpoints(WorkStore work) {
    this.work = work;
  }

  /** {@code POST /issues/{id}/changes}. */
  HttpReply change(WorkCall call) {
    IssueId issue = issue(call);
    Long version = number(call.body(), "version");
    Target target = new Target.Named(Map.of(issue, version == null ? Target.ANY_VERSION : version));
    return work.of(call.scope(), Set.of(issue), call.actor(), call.now()).isEmpty()
        ? ApiReplies.error(404, "no issue " + issue)
        : reply(work.change(call.scope(), target, change(call.body()), call.actor(), call.now()));
  }

  /** {@code POST /issues/changes}. */
  HttpReply changeMany(WorkCall call) {
    Json.Obj body = call.body();
    boolean named = body.get("issues") != null;
    if (named == (body.get("filter") != null)) {
      throw new ApiParameters.Wrong("(expected: either issues or filter, and an action)");
    }
    Target target = named ? named(body) : matching(call);
    return reply(work.change(call.scope(), target, change(body), call.actor(), call.now()));
  }

  private static Target named(Json.Obj body) {
    Map<IssueId, Long> versions = new HashMap<>();
    for (Json item : body.array("issues")) {
      switch (item) {
        case Json.Obj issue -> {
          Long id = number(issue, "id");
          Long version = number(issue, "version");
          if (id == null) {
            throw wrongIssues();
          }
          versions.put(new IssueId(id), version == null ? Target.ANY_VERSION : version);
        }
        case Json.Num number ->
            versions.put(new IssueId(whole("issues", number.literal())), Target.ANY_VERSION);
        default -> throw wrongIssues();
      }
    }
    return new Target.Named(versions);
  }

  private static ApiParameters.Wrong wrongIssues() {
    return new ApiParameters.Wrong(
        "issues: (expected: numbers, or {\"id\": number, \"version\": number})");
  }

  /** The filter's fields are the parameters of {@code GET /issues}. */
  private static Target matching(WorkCall call) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (Map.Entry<String, Json> each : call.body().object("filter").fields().entrySet()) {
      String text = each.getValue().scalarText();
      if (text == null || !IssueFilters.NAMES.contains(each.getKey())) {
        throw new ApiParameters.Wrong(
            "filter: \"" + each.getKey() + "\" (expected: one of " + IssueFilters.NAMES + ")");
      }
      query.put(each.getKey(), List.of(text));
    }
    HttpCall asked = call.http();
    HttpCall asList =
        new HttpCall(
            asked.method(),
            asked.path(),
            query,
            asked.headers(),
            asked.remoteAddress(),
            asked.body(),
            Map.of());
    String asOf = call.body().text("as_of");
    return new Target.Matching(
        IssueFilters.read(call.scope(), new ApiParameters(asList, call.now())),
        asOf == null ? null : Sight.parse(asOf));
  }

  private static Change change(Json.Obj body) {
    return ChangeWords.read(body::text);
  }

  private static HttpReply reply(ChangeOutcome outcome) {
    return switch (outcome) {
      case ChangeOutcome.Changed(int issues, String undo, var until) ->
          HttpReply.json(
              200,
              undo == null
                  ? ApiReplies.object("changed", issues)
                  : ApiReplies.object("changed", issues, "undo", undo, "undo_until", until));
      case ChangeOutcome.Stale stale -> stale(stale);
      case ChangeOutcome.TooMany(long matching) ->
          ApiReplies.error(
              400,
              "nothing was changed: "
                  + matching
                  + " issues match (expected: at most "
                  + Target.MATCHING_MAX
                  + ")");
      case ChangeOutcome.UnknownRelease(String release) ->
          ApiReplies.error(
              404,
              "nothing was changed: the project has no release \""
                  + release
                  + "\" (expected: one that events named, or that somebody added)");
    };
  }

  private static HttpReply stale(ChangeOutcome.Stale stale) {
    String detail =
        "nothing was changed: "
            + (stale.issues() == 1 ? "1 issue is" : stale.issues() + " issues are")
            + " not as seen any more";
    return HttpReply.json(
        409,
        ApiReplies.object(
            "detail",
            detail,
            "issues",
            stale.issues(),
            "conflicts",
            Json.array(stale.conflicts().stream().map(WorkJson::conflict).toList())));
  }

  /** {@code POST /undo/{token}}. */
  HttpReply undo(WorkCall call) {
    String token = call.http().pathParameter("token");
    return switch (work.undo(call.scope(), token, call.actor(), call.now())) {
      case UndoOutcome.Undone(int restored, int kept, List<IssueId> some) ->
          HttpReply.json(
              200,
              ApiReplies.object(
                  "restored",
                  restored,
                  "kept",
                  kept,
                  "kept_issues",
                  Json.array(some.stream().map(id -> Json.number(id.value())).toList())));
      case UndoOutcome.Already ignored -> ApiReplies.error(409, "it was taken back before");
      case UndoOutcome.Unknown ignored ->
          ApiReplies.error(
              404,
              "there is no such change, or it is older than "
                  + WorkStore.UNDO_KEPT.toHours()
                  + " hours");
    };
  }

  /** {@code GET /issues/{id}/activity}. */
  HttpReply activity(WorkCall call) {
    int limit = call.parameters().number("limit", ENTRIES_DEFAULT, 1, ENTRIES_MAX);
    String cursor = call.parameters().textOrNull("cursor");
    Long before = cursor == null ? null : (Long) whole("cursor", cursor);
    List<Entry> entries = work.activity(call.scope(), issue(call), before, limit);
    return HttpReply.json(
        200,
        ApiReplies.object(
            "activity",
            Json.array(entries.stream().map(WorkJson::entry).toList()),
            "next",
            entries.size() < limit ? Json.nothing() : Long.toString(entries.getLast().id())));
  }

  /** {@code GET /issues/{id}/comments}. */
  HttpReply comments(WorkCall call) {
    return HttpReply.json(
        200,
        ApiReplies.object(
            "comments",
            Json.array(
                work.comments(call.scope(), issue(call)).stream()
                    .map(WorkJson::comment)
                    .toList())));
  }

  /** {@code POST /issues/{id}/comments}. */
  HttpReply comment(WorkCall call) {
    String text = call.body().text("text");
    return reply(
        201,
        work.comment(
            call.scope(), issue(call), text == null ? "" : text, call.actor(), call.now()));
  }

  /** {@code PUT /issues/{id}/comments/{comment}}. */
  HttpReply editComment(WorkCall call) {
    String text = call.body().text("text");
    return edit(call, text == null ? "" : text, number(call.body(), "version"));
  }

  /** {@code DELETE /issues/{id}/comments/{comment}}. */
  HttpReply removeComment(WorkCall call) {
    String version = call.parameters().textOrNull("version");
    return edit(call, null, version == null ? null : (Long) whole("version", version));
  }

  private HttpReply edit(WorkCall call, @Nullable String text, @Nullable Long version) {
    if (version == null) {
      throw new ApiParameters.Wrong("version: none (expected: that of the comment as you saw it)");
    }
    long comment = whole("comment", call.http().pathParameter("comment"));
    return reply(
        200,
        work.edit(call.scope(), issue(call), comment, version, text, call.actor(), call.now()));
  }

  private static HttpReply reply(int status, CommentOutcome outcome) {
    return switch (outcome) {
      case CommentOutcome.Written(var comment) -> HttpReply.json(status, WorkJson.comment(comment));
      case CommentOutcome.Removed ignored -> HttpReply.empty(204);
      case CommentOutcome.Stale(var now) ->
          HttpReply.json(
              409,
              ApiReplies.object(
                  "detail",
                  "nothing was changed: the comment was edited since",
                  "comment",
                  WorkJson.comment(now)));
      case CommentOutcome.NotTheirs(var now) ->
          ApiReplies.error(403, "only " + now.actor() + ", who wrote it, may change it");
      case CommentOutcome.Unknown ignored -> ApiReplies.error(404, "no such issue or comment");
      case CommentOutcome.TooMany ignored ->
          ApiReplies.error(
              400, "the issue has " + WorkStore.COMMENTS_MAX + " comments, which is the most");
    };
  }

  /** {@code PUT} and {@code DELETE /issues/{id}/bookmark}. */
  HttpReply bookmark(WorkCall call, boolean on) {
    return work.bookmark(call.scope(), issue(call), on, call.actor(), call.now())
        ? HttpReply.empty(204)
        : ApiReplies.error(
            404, "no such issue, or you have " + WorkStore.BOOKMARKS_MAX + " bookmarks already");
  }

  /** {@code GET /bookmarks}. */
  HttpReply bookmarks(WorkCall call) {
    List<Json> ids =
        work.bookmarks(call.scope(), call.actor()).stream()
            .<Json>map(id -> Json.number(id.value()))
            .toList();
    return HttpReply.json(200, ApiReplies.object("issues", Json.array(ids)));
  }

  static IssueId issue(WorkCall call) {
    return new IssueId(whole("id", call.http().pathParameter("id")));
  }

  private static @Nullable Long number(Json.Obj body, String name) {
    String text = body.text(name);
    return text == null ? null : (Long) whole(name, text);
  }

  static long whole(String name, String text) {
    if (text.isEmpty()
        || text.length() > ID_DIGITS_MAX
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new ApiParameters.Wrong(name + ": \"" + text + "\" (expected: a number)");
    }
    return Long.parseLong(text);
  }
}
