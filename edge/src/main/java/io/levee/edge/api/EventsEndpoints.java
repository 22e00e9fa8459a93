package io.levee.edge.api;

import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.archive.EventArchive;
import io.levee.engine.index.EventCount;
import io.levee.engine.index.EventIndex;
import io.levee.engine.index.Histogram;
import io.levee.engine.index.SearchPage;
import io.levee.engine.index.SearchRequest;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.EventId;
import io.levee.event.Json;
import io.levee.event.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /api/v1/events}, {@code /events/count}, {@code /events/{id}} and {@code /histogram}.
 */
final class EventsEndpoints {
  private static final int LIMIT_DEFAULT = 100;
  private static final int LIMIT_MAX = 1_000;
  private static final int BUCKETS_AIMED_AT = 60;
  private static final int BUCKETS_MAX = 10_000;

  private static final List<Duration> NICE =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(7));

  private final EventIndex index;
  private final EventArchive archive;

  EventsEndpoints(EventIndex index, EventArchive archive) {
    this.index = index;
    this.archive = archive;
  }

  HttpReply search(HttpCall call, ReadContext read) {
    ApiParameters parameters = read.parameters();
    SearchRequest.Order order =
        switch (parameters.text("order")) {
          case "", "newest" -> SearchRequest.Order.NEWEST;
          case "oldest" -> SearchRequest.Order.OLDEST;
          default ->
              throw new ApiParameters.Wrong(
                  "order: \"" + parameters.text("order") + "\" (expected: newest or oldest)");
        };
    int limit = parameters.number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
    SearchPage page =
        index.search(
            new SearchRequest(
                read.scope(),
                read.query(),
                parameters.range(),
                order,
                parameters.textOrNull("cursor"),
                limit));
    return page(page);
  }

  /** The events go out byte for byte as they were stored. */
  static HttpReply page(SearchPage page) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("{\"events\":[".getBytes(StandardCharsets.UTF_8));
    boolean first = true;
    for (StoredEvent event : page.events()) {
      if (!first) {
        out.write(',');
      }
      first = false;
      out.writeBytes(event.json());
    }
    String next = page.next() == null ? "null" : JsonText.write(Json.text(page.next()));
    out.writeBytes(("],\"next\":" + next + "}").getBytes(StandardCharsets.UTF_8));
    return HttpReply.of(200, "application/json", out.toByteArray());
  }

  HttpReply count(HttpCall call, ReadContext read) {
    EventCount count = index.count(read.scope(), read.query(), read.parameters().range());
    return HttpReply.json(
        200, ApiReplies.object("events", count.events(), "stored", count.stored()));
  }

  HttpReply one(HttpCall call, ReadContext read) {
    String text = call.pathParameter("id");
    EventId id = EventId.parse(text);
    if (id == null) {
      return ApiReplies.error(400, "id: \"" + text + "\" (expected: 32 hex digits or a UUID)");
    }
    Optional<StoredEvent> found = find(read.scope(), id);
    return found.isPresent()
        ? HttpReply.of(200, "application/json", found.get().json())
        : ApiReplies.error(404, "no event " + id);
  }

  /**
   * The index knows the newest first; the archive still has what an index that is being rebuilt has
   * not.
   */
  private Optional<StoredEvent> find(ProjectScope scope, EventId id) {
    return index.find(scope, id).or(() -> archive.find(scope, id));
  }

  HttpReply histogram(HttpCall call, ReadContext read) {
    ApiParameters parameters = read.parameters();
    TimeRange range = parameters.range();
    Duration asked = parameters.duration("bucket");
    Duration bucket = asked == null ? nice(range) : asked;
    if (bucket.isZero() || range.length().toMillis() / bucket.toMillis() >= BUCKETS_MAX) {
      throw new ApiParameters.Wrong(
          "bucket: "
              + bucket
              + " over "
              + range.length()
              + " (expected: fewer than "
              + BUCKETS_MAX
              + " buckets)");
    }
    Histogram histogram = index.histogram(read.scope(), read.query(), range, bucket);
    List<Json> buckets = new ArrayList<>();
    for (Histogram.Bucket one : histogram.buckets()) {
      Map<String, Json> levels = new LinkedHashMap<>();
      one.byLevel().forEach((level, events) -> levels.put(level.wireName(), Json.number(events)));
      buckets.add(
          ApiReplies.object(
              "start", one.start(), "events", one.total(), "levels", new Json.Obj(levels)));
    }
    return HttpReply.json(
        200,
        ApiReplies.object(
            "bucket_ms",
            bucket.toMillis(),
            "events",
            histogram.total(),
            "buckets",
            Json.array(buckets)));
  }

  private static Duration nice(TimeRange range) {
    for (Duration width : NICE) {
      if (range.length().dividedBy(width) <= BUCKETS_AIMED_AT) {
        return width;
      }
    }
    return NICE.getLast()
        .multipliedBy(Math.max(1, range.length().dividedBy(NICE.getLast()) / BUCKETS_AIMED_AT));
  }
}
