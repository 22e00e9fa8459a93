package io.levee.edge.api;

import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.accept.Limit;
import io.levee.engine.accept.Limits;
import io.levee.engine.measure.UsageStore.Usage;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.Sender;
import io.levee.event.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The limits of a project or, with {@code ?key=}, of one of its keys, and what is used of them. */
final class LimitsEndpoint {
  private static final int LITERAL_CHARS_MAX = 18;

  private final AdminRoutes.Ports ports;

  LimitsEndpoint(AdminRoutes.Ports ports) {
    this.ports = ports;
  }

  HttpReply read(HttpCall call, Project project) {
    return HttpReply.json(200, json(sender(call, project)));
  }

  /** Sets those that are named, a null unsets; the others stay. */
  HttpReply change(HttpCall call, Project project, Json.Obj wanted) {
    Sender sender = sender(call, project);
    Limits limits = ports.limits().limits(sender);
    for (Map.Entry<String, Json> each : wanted.fields().entrySet()) {
      Limit limit = Limit.ofWireName(each.getKey());
      if (limit == null) {
        throw new ApiParameters.Wrong(
            "limit: \"" + each.getKey() + "\" (expected: one of " + names() + ")");
      }
      limits = limits.with(limit, value(limit, each.getValue()));
    }
    ports.limits().change(sender, limits);
    return HttpReply.json(200, json(sender));
  }

  private static @Nullable Long value(Limit limit, Json json) {
    if (json instanceof Json.Null) {
      return null;
    }
    if (json instanceof Json.Num(String literal)
        && literal.length() <= LITERAL_CHARS_MAX
        && literal.matches("\\d+")) {
      return Long.valueOf(literal);
    }
    throw new ApiParameters.Wrong(
        limit.wireName() + ": (expected: a whole number, 1.." + limit.most() + ", or null)");
  }

  private static String names() {
    StringBuilder names = new StringBuilder();
    for (Limit limit : Limit.values()) {
      names.append(names.isEmpty() ? "" : ", ").append(limit.wireName());
    }
    return names.toString();
  }

  private static Sender sender(HttpCall call, Project project) {
    String key = call.query("key_prefix");
    if (key == null || key.isBlank()) {
      return Sender.unknownKey(project.id());
    }
    if (!key.matches("[0-9a-f]{8,32}")) {
      throw new ApiParameters.Wrong("key_prefix: (expected: the first 8 digits of a key)");
    }
    return new Sender(project.id(), key.substring(0, Sender.KEY_DIGITS));
  }

  private Json.Obj json(Sender sender) {
    Limits own = ports.limits().limits(sender);
    Limits inForce = sender.key().isEmpty() ? own.over(ports.projectDefaults()) : own;
    return ApiReplies.object(
        "limits", json(own),
        "in_force", json(inForce),
        "used",
            ApiReplies.object(
                "hour", used(sender, ChronoUnit.HOURS),
                "day", used(sender, ChronoUnit.DAYS),
                "month", used(sender, ChronoUnit.MONTHS)));
  }

  private static Json.Obj json(Limits limits) {
    Map<String, Json> fields = new LinkedHashMap<>();
    limits.values().forEach((limit, value) -> fields.put(limit.wireName(), Json.number(value)));
    return new Json.Obj(fields);
  }

  private Json.Obj used(Sender sender, ChronoUnit unit) {
    Instant now = ports.clock().instant();
    Instant from =
        switch (unit) {
          case HOURS, DAYS -> now.truncatedTo(unit);
          default ->
              now.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).toInstant();
        };
    Usage usage = ports.usage().usage(sender, from, now.plus(1, ChronoUnit.HOURS));
    return ApiReplies.object("events", usage.events(), "bytes", usage.bytes());
  }
}
