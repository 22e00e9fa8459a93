package io.levee.edge.api;

import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.pipeline.HeadRoom;
import io.levee.engine.pipeline.PipelineStatus;
import io.levee.engine.pipeline.PipelineView;
import io.levee.event.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/pipeline}: how the node is doing, and how much more it can take. */
final class PipelineEndpoint {
  private final PipelineView pipeline;

  PipelineEndpoint(PipelineView pipeline) {
    this.pipeline = pipeline;
  }

  HttpReply read(HttpCall call, ReadContext context) {
    PipelineStatus status = pipeline.status();
    List<Json> subscribers = new ArrayList<>();
    status.subscribers().forEach(one -> subscribers.add(subscriber(one)));
    List<Json> troubles = new ArrayList<>();
    status.troubles().forEach(one -> troubles.add(Json.text(one)));
    return HttpReply.json(
        200,
        ApiReplies.object(
            "version", status.version(),
            "uptime_seconds", status.uptime().toSeconds(),
            "accepted_per_second", Math.round(status.acceptedPerSecond()),
            "head_room", headRoom(status.headRoom()),
            "subscribers", Json.array(subscribers),
            "disk", disk(status.disk()),
            "troubles", Json.array(troubles)));
  }

  private static Json headRoom(HeadRoom.Estimate estimate) {
    HeadRoom.More more = estimate.more();
    return ApiReplies.object(
        "more_events_per_second", more == null ? Json.nothing() : more.eventsPerSecond(),
        "limited_by", more == null ? Json.nothing() : more.limit(),
        "events_per_second", more == null ? Json.nothing() : Math.round(more.nowPerSecond()),
        "waiting_events", estimate.waiting(),
        "oldest_waiting_seconds", estimate.oldest().toSeconds(),
        "drain", drain(estimate.drain()),
        "disk_floor", floor(estimate.disk()));
  }

  private static Json drain(HeadRoom.Drain drain) {
    return switch (drain) {
      case HeadRoom.Drain.Unknown ignored -> state("unknown", null);
      case HeadRoom.Drain.In(var time) -> state("in", time.toSeconds());
      case HeadRoom.Drain.Never(String group) ->
          ApiReplies.object("state", "never", "subscriber", group);
    };
  }

  private static Json floor(HeadRoom.Disk disk) {
    return switch (disk) {
      case HeadRoom.Disk.Unknown ignored -> state("unknown", null);
      case HeadRoom.Disk.NotFilling ignored -> state("not_filling", null);
      case HeadRoom.Disk.AtFloor ignored -> state("reached", null);
      case HeadRoom.Disk.FullIn(var time) -> state("in", time.toSeconds());
    };
  }

  private static Json state(String state, @Nullable Long seconds) {
    return seconds == null
        ? ApiReplies.object("state", state)
        : ApiReplies.object("state", state, "seconds", seconds);
  }

  private static Json subscriber(PipelineStatus.SubscriberStatus one) {
    Map<String, Json> fields = new LinkedHashMap<>();
    fields.put("group", Json.text(one.group()));
    fields.put("state", Json.text(one.state().name().toLowerCase(Locale.ROOT)));
    fields.put("lag_events", Json.number(one.lagRecords()));
    fields.put("lag_bytes", Json.number(one.lagBytes()));
    fields.put("events_per_second", Json.number(Math.round(one.ratePerSecond())));
    fields.put("dead_letters", Json.number(one.deadLetters()));
    if (one.lastError() != null) {
      fields.put("last_error", Json.text(one.lastError()));
    }
    return new Json.Obj(fields);
  }

  private static Json disk(PipelineStatus.Disk disk) {
    return ApiReplies.object(
        "total_bytes", disk.totalBytes(),
        "free_bytes", disk.freeBytes(),
        "bus_bytes", disk.busBytes(),
        "index_bytes", disk.indexBytes(),
        "archive_bytes", disk.archiveBytes());
  }
}
