package io.levee.edge.api;

import io.levee.engine.issue.Issue;
import io.levee.engine.release.Deploy;
import io.levee.engine.release.Release;
import io.levee.engine.release.Suspect;
import io.levee.engine.work.Badge;
import io.levee.engine.work.ChangeOutcome;
import io.levee.engine.work.Comment;
import io.levee.engine.work.Entry;
import io.levee.engine.work.IssueWork;
import io.levee.event.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the API writes the work on issues, releases and deploys. Pure. */
final class WorkJson {
  private WorkJson() {}

  /** The fields of an issue with those of the work on it. */
  static Json.Obj with(Json.Obj issueJson, Issue issue, IssueWork work, Instant now) {
    Map<String, Json> fields = new LinkedHashMap<>(issueJson.fields());
    fields.put("version", Json.number(work.version()));
    fields.put("priority", Json.text(work.priority().wireName()));
    fields.put(
        "badges",
        Json.array(
            Badge.of(issue, work, now).stream()
                .map(badge -> Json.text(badge.wireName()))
                .toList()));
    put(fields, "ignored", work.until() == null ? null : work.until().words());
    put(fields, "resolved", work.fix() == null ? null : work.fix().words());
    fields.put("bookmarked", Json.bool(work.bookmarked()));
    fields.put("comments", Json.number(work.comments()));
    return new Json.Obj(fields);
  }

  static Json.Obj entry(Entry entry) {
    Map<String, Json> fields = new LinkedHashMap<>();
    fields.put("id", Json.number(entry.id()));
    fields.put("at", Json.text(entry.at().toString()));
    fields.put("actor", Json.text(entry.actor()));
    fields.put("kind", Json.text(entry.kind()));
    fields.put("from", Json.text(entry.from().wireName()));
    fields.put("to", Json.text(entry.to().wireName()));
    fields.put("regressed", Json.bool(entry.regressed()));
    put(fields, "detail", entry.detail().isEmpty() ? null : entry.detail());
    fields.put("version", Json.number(entry.version()));
    return new Json.Obj(fields);
  }

  static Json.Obj comment(Comment comment) {
    Map<String, Json> fields = new LinkedHashMap<>();
    fields.put("id", Json.number(comment.id()));
    fields.put("at", Json.text(comment.at().toString()));
    put(fields, "edited", comment.edited() == null ? null : comment.edited().toString());
    fields.put("actor", Json.text(comment.actor()));
    fields.put("version", Json.number(comment.version()));
    fields.put("text", Json.text(comment.text()));
    return new Json.Obj(fields);
  }

  static Json.Obj conflict(ChangeOutcome.Conflict conflict) {
    return ApiReplies.object(
        "issue",
        conflict.issue().value(),
        "version",
        conflict.version(),
        "changes",
        Json.array(conflict.since().stream().map(WorkJson::entry).toList()));
  }

  static Json.Obj release(Release release) {
    Map<String, Json> fields = new LinkedHashMap<>();
    fields.put("name", Json.text(release.name()));
    fields.put("first_seen", Json.text(release.firstSeen().toString()));
    put(fields, "last_seen", text(release.lastSeen()));
    fields.put("events", Json.number(release.events()));
    fields.put("new_issues", Json.number(release.newIssues()));
    put(fields, "released", text(release.released()));
    put(fields, "url", release.url());
    put(fields, "ref", release.ref());
    fields.put("deploys", Json.number((long) release.deploys()));
    return new Json.Obj(fields);
  }

  static Json.Obj deploy(Deploy deploy) {
    Map<String, Json> fields = new LinkedHashMap<>();
    fields.put("id", Json.number(deploy.id()));
    fields.put("release", Json.text(deploy.release()));
    fields.put("environment", Json.text(deploy.environment()));
    put(fields, "name", deploy.name());
    put(fields, "url", deploy.url());
    put(fields, "description", deploy.description());
    put(fields, "started", text(deploy.started()));
    fields.put("finished", Json.text(deploy.finished().toString()));
    fields.put("actor", Json.text(deploy.actor()));
    put(fields, "user_name", deploy.userName());
    put(fields, "user_email", deploy.userEmail());
    return new Json.Obj(fields);
  }

  static Json.Obj suspect(Suspect suspect) {
    Map<String, Json> fields = new LinkedHashMap<>();
    fields.put("release", Json.text(suspect.release()));
    fields.put("reason", Json.text(suspect.reason()));
    fields.put("since", Json.text(suspect.since().toString()));
    if (suspect.deploy() != null) {
      fields.put("deploy", deploy(suspect.deploy()));
    }
    return new Json.Obj(fields);
  }

  static Json.Arr texts(List<String> texts) {
    return Json.array(texts.stream().map(Json::text).toList());
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static void put(Map<String, Json> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, Json.text(value));
    }
  }
}
