package io.levee.edge.api;

import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.grouping.MergeStore;
import io.levee.engine.issue.IssueId;
import io.levee.event.Fingerprint;
import io.levee.event.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code POST /api/v1/issues/{id}/merge}, {@code …/unmerge}, {@code GET …/fingerprints}. */
final class MergeEndpoints {
  private static final int MERGES_MAX = 100;

  private final GroupingRoutes.Ports ports;

  MergeEndpoints(GroupingRoutes.Ports ports) {
    this.ports = ports;
  }

  /** What an issue is made of. */
  HttpReply parts(HttpCall call, ReadContext read) {
    IssueId id = id(call.pathParameter("id"));
    List<MergeStore.Part> parts = ports.merges().parts(read.scope(), id);
    if (parts.isEmpty()) {
      return missing(read, id);
    }
    List<Json> all = new ArrayList<>();
    for (MergeStore.Part part : parts) {
      List<Json> prints = new ArrayList<>();
      part.fingerprints().forEach(print -> prints.add(Json.text(print.toString())));
      all.add(
          ApiReplies.object(
              "fingerprints", Json.array(prints),
              "title", part.title(),
              "events", part.events(),
              "users", part.users(),
              "first_seen", part.firstSeen(),
              "last_seen", part.lastSeen(),
              "pinned", part.pinned(),
              "also_found_by", part.alsoFoundBy()));
    }
    List<Json> merges = new ArrayList<>();
    for (MergeStore.Merge merge : ports.merges().merges(read.scope(), id, MERGES_MAX)) {
      merges.add(
          ApiReplies.object(
              "at", merge.at(),
              "actor", merge.actor(),
              "action", merge.merged() ? "merged" : "taken out",
              "issue", merge.other().value(),
              "title", merge.title()));
    }
    return HttpReply.json(
        200, ApiReplies.object("parts", Json.array(all), "merges", Json.array(merges)));
  }

  private HttpReply missing(ReadContext read, IssueId id) {
    return ports
        .merges()
        .mergedInto(read.scope(), id)
        .map(into -> ApiReplies.error(404, "issue " + id + " was merged into " + into))
        .orElseGet(() -> ApiReplies.error(404, "no issue " + id));
  }

  /** Merges the issues that are named into this one. */
  HttpReply merge(HttpCall call, ReadContext read, Json.Obj sent) {
    Set<IssueId> others = new LinkedHashSet<>();
    for (Json each : sent.array("issues")) {
      others.add(id(String.valueOf(each.scalarText())));
    }
    IssueId into = id(call.pathParameter("id"));
    return answer(
        ports.merges().merge(read.scope(), into, others, actor(read), ports.clock().instant()));
  }

  /** Takes the fingerprints that are named out of this issue. */
  HttpReply unmerge(HttpCall call, ReadContext read, Json.Obj sent) {
    Set<Fingerprint> prints = new LinkedHashSet<>();
    for (Json each : sent.array("fingerprints")) {
      String text = String.valueOf(each.scalarText());
      Fingerprint print = Fingerprint.parse(text);
      if (print == null) {
        throw new ApiParameters.Wrong(
            "fingerprints: \"" + text + "\" (expected: version:hash, as in 2:0123…)");
      }
      prints.add(print);
    }
    IssueId from = id(call.pathParameter("id"));
    return answer(
        ports.merges().unmerge(read.scope(), from, prints, actor(read), ports.clock().instant()));
  }

  private static String actor(ReadContext read) {
    return "key of project " + read.key().project();
  }

  private static HttpReply answer(MergeStore.Outcome outcome) {
    return switch (outcome) {
      case MergeStore.Done(List<IssueId> issues) ->
          HttpReply.json(
              200,
              Json.object(
                  "issues", Json.array(issues.stream().map(i -> Json.number(i.value())).toList())));
      case MergeStore.NotFound(IssueId issue) ->
          ApiReplies.error(404, "no issue " + issue + " in this project; nothing was done");
      case MergeStore.OtherProject(IssueId issue) ->
          ApiReplies.error(409, "issue " + issue + " belongs to another project; nothing was done");
      case MergeStore.Refused(String why) -> ApiReplies.error(409, why + "; nothing was done");
    };
  }

  private static IssueId id(String text) {
    try {
      return new IssueId(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new ApiParameters.Wrong("issue: \"" + text + "\" (expected: a number)");
    }
  }
}
