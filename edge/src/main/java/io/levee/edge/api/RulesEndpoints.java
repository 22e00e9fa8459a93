package io.levee.edge.api;

import io.levee.edge.net.HttpReply;
import io.levee.engine.grouping.GroupingInForce;
import io.levee.engine.grouping.GroupingRules;
import io.levee.engine.grouping.Regrouping;
import io.levee.engine.grouping.RuleError;
import io.levee.engine.grouping.RuleSet;
import io.levee.engine.grouping.RuleText;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.Project;
import io.levee.event.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A project's grouping rules, under {@code /api/v1/projects/{id}/grouping}. */
final class RulesEndpoints {
  private static final int VERSIONS_MAX = 100;
  private static final int DAYS_MAX = 90;
  private static final int PREVIEW_DAYS = 7;
  private static final int PREVIEW_EVENTS_MAX = 10_000;
  private static final int REGROUP_EVENTS_MAX = 500_000;
  private static final int MOVES_SHOWN = 200;
  private static final String ACTOR = "API";

  private final GroupingRoutes.Ports ports;

  RulesEndpoints(GroupingRoutes.Ports ports) {
    this.ports = ports;
  }

  HttpReply read(Project project) {
    Map<String, Json> fields =
        new LinkedHashMap<>(json(ports.grouping().ruleSet(project.id())).fields());
    Instant until = ports.grouping().versionOneUntil();
    if (until.isAfter(ports.clock().instant())) {
      fields.put("old_fingerprints_join_until", Json.text(until.toString()));
    }
    return HttpReply.json(200, new Json.Obj(fields));
  }

  HttpReply history(Project project) {
    List<Json> all = new ArrayList<>();
    ports.grouping().history(project.id(), VERSIONS_MAX).forEach(set -> all.add(json(set)));
    return HttpReply.json(200, Json.object("versions", Json.array(all)));
  }

  private static Json.Obj json(RuleSet set) {
    return set.version() == 0
        ? ApiReplies.object("version", 0, "rules", "")
        : ApiReplies.object(
            "version", set.version(), "rules", set.text(), "actor", set.actor(), "at", set.at());
  }

  /** Saves rules; {@code version} says which they were made of. */
  HttpReply save(Project project, Json.Obj sent) {
    int version = number(sent, "version", ports.grouping().ruleSet(project.id()).version());
    return switch (ports.grouping().save(project.id(), version, rules(sent), ACTOR)) {
      case GroupingInForce.InForce(RuleSet saved) -> HttpReply.json(200, json(saved));
      case GroupingInForce.Refused(List<RuleError> errors) -> errors(errors);
      case GroupingInForce.Stale(RuleSet current) ->
          ApiReplies.error(
              409,
              "version: "
                  + version
                  + " (expected: "
                  + current.version()
                  + ", saved by "
                  + current.actor()
                  + "); nothing was saved");
    };
  }

  private static HttpReply errors(List<RuleError> errors) {
    List<Json> all = new ArrayList<>();
    for (RuleError error : errors) {
      all.add(
          ApiReplies.object(
              "line", error.line(), "column", error.column(), "message", error.message()));
    }
    return HttpReply.json(
        422, ApiReplies.object("detail", "rules: " + errors.getFirst(), "errors", Json.array(all)));
  }

  /** What rules would change, tried on the newest errors; nothing is saved. */
  HttpReply preview(Project project, Json.Obj sent) {
    TimeRange range = days(number(sent, "days", PREVIEW_DAYS));
    return switch (RuleText.compile(rules(sent))) {
      case RuleText.Errors(List<RuleError> errors) -> errors(errors);
      case RuleText.Rules(GroupingRules rules) ->
          HttpReply.json(
              200,
              json(ports.regrouping().outlook(project.id(), rules, range, PREVIEW_EVENTS_MAX)));
    };
  }

  /** What the rules and the algorithm in force would change; with {@code apply}, teaches it. */
  HttpReply regroup(Project project, Json.Obj sent) {
    TimeRange range = days(number(sent, "days", PREVIEW_DAYS));
    boolean apply = sent.get("apply") instanceof Json.Bool(boolean value) && value;
    GroupingRules rules = ports.grouping().rules(project.id());
    Regrouping.Outlook outlook =
        ports.regrouping().outlook(project.id(), rules, range, REGROUP_EVENTS_MAX);
    Map<String, Json> fields = new LinkedHashMap<>(json(outlook).fields());
    if (apply && !outlook.complete()) {
      return ApiReplies.error(
          409,
          "days: more than "
              + REGROUP_EVENTS_MAX
              + " errors in that time (expected: fewer days); nothing was done");
    }
    if (apply) {
      List<String> done =
          ports.regrouping().apply(project.id(), outlook, ACTOR, ports.clock().instant());
      fields.put("done", Json.array(done.stream().map(Json::text).toList()));
    }
    return HttpReply.json(200, new Json.Obj(fields));
  }

  private TimeRange days(int days) {
    if (days < 1 || days > DAYS_MAX) {
      throw new ApiParameters.Wrong("days: " + days + " (expected: 1.." + DAYS_MAX + ")");
    }
    Instant now = ports.clock().instant();
    return new TimeRange(now.minus(Duration.ofDays(days)), now.plus(Duration.ofMinutes(10)));
  }

  private static String rules(Json.Obj sent) {
    if (sent.get("rules") instanceof Json.Text(String rules)) {
      return rules;
    }
    throw new ApiParameters.Wrong("rules: absent (expected: a text, a rule a line)");
  }

  private static int number(Json.Obj sent, String name, int otherwise) {
    Json given = sent.get(name);
    if (given == null) {
      return otherwise;
    }
    if (given instanceof Json.Num(String literal) && literal.matches("\\d{1,9}")) {
      return Integer.parseInt(literal);
    }
    throw new ApiParameters.Wrong(name + ": (expected: a whole number)");
  }

  private static Json.Obj json(Regrouping.Outlook outlook) {
    List<Json> moves = new ArrayList<>();
    for (Regrouping.Move move : outlook.moves().stream().limit(MOVES_SHOWN).toList()) {
      List<Json> from = new ArrayList<>();
      for (Regrouping.From one : move.from()) {
        from.add(
            ApiReplies.object(
                "issue", one.issue().value(), "title", one.title(), "events", one.events()));
      }
      moves.add(
          ApiReplies.object(
              "fingerprint", move.fingerprint(),
              "into", move.into() == null ? Json.nothing() : Json.number(move.into().value()),
              "title", move.title(),
              "events", move.events(),
              "whole", move.whole(),
              "from", Json.array(from),
              "example", move.example()));
    }
    return ApiReplies.object(
        "events", outlook.events(),
        "complete", outlook.complete(),
        "ruled", outlook.ruled(),
        "changes", outlook.moves().size(),
        "moves", Json.array(moves));
  }
}
