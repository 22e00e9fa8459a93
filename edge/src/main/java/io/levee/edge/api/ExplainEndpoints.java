package io.levee.edge.api;

import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.grouping.EventComparison;
import io.levee.engine.grouping.ExceptionReading;
import io.levee.engine.grouping.FrameReading;
import io.levee.engine.grouping.Grouped;
import io.levee.engine.grouping.Variant;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.issue.Contribution;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/events/{id}/grouping} and {@code …/compare?with=ID}. */
final class ExplainEndpoints {
  private final GroupingRoutes.Ports ports;

  ExplainEndpoints(GroupingRoutes.Ports ports) {
    this.ports = ports;
  }

  /** Why an event is in its issue: what counts, what doesn't and why. */
  HttpReply one(HttpCall call, ReadContext read) {
    Event event = find(read.scope(), "id", call.pathParameter("id"));
    if (event == null) {
      return none(call.pathParameter("id"));
    }
    Grouped grouped = ports.grouping().group(event);
    Map<String, Json> fields = new LinkedHashMap<>();
    fields.put("event", Json.text(event.id().toString()));
    if (event.fingerprint() != null) {
      fields.put("fingerprint", Json.text(event.fingerprint().toString()));
    }
    fields.put("now", Json.text(grouped.primary().toString()));
    fields.put("rule", grouped.rule() == null ? Json.nothing() : Json.text(grouped.rule()));
    fields.put(
        "variants",
        Json.array(grouped.variants().stream().map(ExplainEndpoints::variant).toList()));
    fields.put(
        "exceptions",
        Json.array(grouped.exceptions().stream().map(ExplainEndpoints::exception).toList()));
    return HttpReply.json(200, new Json.Obj(fields));
  }

  /** Why two events are, or are not, the same problem. */
  HttpReply two(HttpCall call, ReadContext read) {
    String with = read.parameters().text("with");
    Event one = find(read.scope(), "id", call.pathParameter("id"));
    Event other = find(read.scope(), "with", with);
    if (one == null || other == null) {
      return none(one == null ? call.pathParameter("id") : with);
    }
    EventComparison comparison =
        EventComparison.of(ports.grouping().group(one), ports.grouping().group(other));
    List<Json> variants = new ArrayList<>();
    for (EventComparison.Beside beside : comparison.variants()) {
      variants.add(
          ApiReplies.object(
              "name",
              beside.name(),
              "same",
              beside.same(),
              "only_one",
              contributions(beside.onlyOne()),
              "only_other",
              contributions(beside.onlyOther())));
    }
    return HttpReply.json(
        200,
        ApiReplies.object(
            "same",
            comparison.shared() != null,
            "shared",
            comparison.shared() == null ? Json.nothing() : comparison.shared().toString(),
            "variants",
            Json.array(variants)));
  }

  private @Nullable Event find(ProjectScope scope, String name, String text) {
    EventId id = EventId.parse(text);
    if (id == null) {
      throw new ApiParameters.Wrong(
          name + ": \"" + text + "\" (expected: 32 hex digits or a UUID)");
    }
    return ports
        .index()
        .find(scope, id)
        .or(() -> ports.archive().find(scope, id))
        .map(StoredEvent::event)
        .orElse(null);
  }

  private static HttpReply none(String id) {
    return ApiReplies.error(404, "no event " + id);
  }

  private static Json.Obj variant(Variant variant) {
    return ApiReplies.object(
        "name",
        variant.name(),
        "fingerprint",
        variant.fingerprint().toString(),
        "contributions",
        contributions(variant.contributions()));
  }

  private static Json contributions(List<Contribution> contributions) {
    List<Json> all = new ArrayList<>();
    for (Contribution contribution : contributions) {
      all.add(ApiReplies.object("what", contribution.what(), "value", contribution.value()));
    }
    return Json.array(all);
  }

  private static Json.Obj exception(ExceptionReading exception) {
    Map<String, Json> fields = new LinkedHashMap<>();
    put(fields, "type", exception.type());
    put(fields, "ignored", exception.passedOver());
    fields.put(
        "frames", Json.array(exception.frames().stream().map(ExplainEndpoints::frame).toList()));
    return new Json.Obj(fields);
  }

  private static Json.Obj frame(FrameReading frame) {
    Map<String, Json> fields = new LinkedHashMap<>();
    put(fields, "function", frame.frame().function());
    put(fields, "module", frame.frame().module());
    put(fields, "file", frame.frame().file());
    fields.put("app", Json.bool(frame.app()));
    fields.put("app_because", Json.text(frame.appBecause()));
    put(fields, "counts_as", frame.words());
    put(fields, "ignored", frame.passedOver());
    return new Json.Obj(fields);
  }

  private static void put(Map<String, Json> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, Json.text(value));
    }
  }
}
