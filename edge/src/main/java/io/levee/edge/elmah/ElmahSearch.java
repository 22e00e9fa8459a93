package io.levee.edge.elmah;

import io.levee.edge.decode.Timestamps;
import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.index.EventIndex;
import io.levee.engine.index.SearchPage;
import io.levee.engine.index.SearchRequest;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.EventId;
import io.levee.event.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers questions about messages. Thread-safe. */
final class ElmahSearch {
  /** elmah.io's own limits. */
  static final int PAGE_SIZE_DEFAULT = 15;

  static final int PAGE_SIZE_MAX = 100;
  static final int PAGED_MAX = 10_000;

  /** How far back and ahead a list looks when the request names no times. */
  private static final Duration BACK = Duration.ofDays(3650);

  private static final Duration AHEAD = Duration.ofDays(1);

  private final EventIndex index;
  private final QueryReader queries;
  private final Clock clock;

  ElmahSearch(EventIndex index, QueryReader queries, Clock clock) {
    this.index = index;
    this.queries = queries;
    this.clock = clock;
  }

  /** One message by its id. */
  HttpReply one(HttpCall call, Project project) {
    EventId id = EventId.parse(call.pathParameter("id"));
    Optional<StoredEvent> found =
        id == null ? Optional.empty() : index.find(ProjectScope.of(project.id()), id);
    return found
        .map(event -> ElmahReplies.ok(ElmahEncoder.message(event.event())))
        .orElseGet(() -> ElmahReplies.error(404, "message: no such message in this log"));
  }

  /** A page of messages, the newest first. */
  HttpReply list(HttpCall call, Project project) {
    try {
      return page(call, new Asked(call, project, queries, clock.instant()));
    } catch (BadParameter e) {
      return ElmahReplies.error(400, e.text());
    }
  }

  private HttpReply page(HttpCall call, Asked asked) {
    SearchPage page = search(asked);
    boolean headers = "true".equalsIgnoreCase(call.query("includeHeaders"));
    List<Json> messages = new ArrayList<>(page.events().size());
    for (StoredEvent event : page.events()) {
      messages.add(ElmahEncoder.overview(event.event(), headers));
    }
    Map<String, Json> body = new LinkedHashMap<>();
    body.put("messages", Json.array(messages));
    body.put("searchAfter", page.next() == null ? Json.nothing() : Json.text(page.next()));
    body.put("total", Json.number(index.count(asked.scope, asked.query, asked.range).stored()));
    return ElmahReplies.ok(Json.object(body));
  }

  /** Walks to the page: cheap for the first ones, and the last one is near. */
  private SearchPage search(Asked asked) {
    String after = asked.searchAfter;
    int skip = after == null ? asked.pageIndex * asked.pageSize : 0;
    try {
      while (skip > 0) {
        int step = Math.min(skip, 1000);
        SearchPage skipped = index.search(asked.request(after, step));
        after = skipped.next();
        if (after == null) {
          return new SearchPage(List.of(), null);
        }
        skip -= step;
      }
      return index.search(asked.request(after, asked.pageSize));
    } catch (IllegalArgumentException e) {
      if (asked.searchAfter != null) {
        throw new BadParameter("searchAfter: not what an earlier answer gave", e);
      }
      throw e;
    }
  }

  /** What a list request asks for. */
  private static final class Asked {
    private final ProjectScope scope;
    private final Query query;
    private final TimeRange range;
    private final int pageIndex;
    private final int pageSize;
    private final @Nullable String searchAfter;

    Asked(HttpCall call, Project project, QueryReader queries, Instant now) {
      this.scope = ProjectScope.of(project.id());
      this.query = query(call.query("query"), queries);
      this.range = range(call, now);
      this.pageSize = number(call, "pageSize", PAGE_SIZE_DEFAULT, 1, PAGE_SIZE_MAX);
      this.pageIndex = number(call, "pageIndex", 0, 0, PAGED_MAX);
      String after = call.query("searchAfter");
      this.searchAfter = after == null || after.isBlank() ? null : after;
      if (searchAfter == null && (long) (pageIndex + 1) * pageSize > PAGED_MAX) {
        throw new BadParameter(
            "pageIndex: past message " + PAGED_MAX + " (expected: searchAfter instead)", null);
      }
    }

    SearchRequest request(@Nullable String after, int limit) {
      return new SearchRequest(scope, query, range, SearchRequest.Order.NEWEST, after, limit);
    }

    private static Query query(@Nullable String text, QueryReader queries) {
      if (text == null || text.isBlank()) {
        return new Query.All();
      }
      return switch (queries.read(text)) {
        case QueryReader.Understood(Query query) -> query;
        case QueryReader.Wrong(String message) -> throw new BadParameter("query: " + message, null);
      };
    }

    /** Both ends are exclusive in elmah.io; our ranges begin inclusively. */
    private static TimeRange range(HttpCall call, Instant now) {
      Instant from = time(call, "from", now.minus(BACK)).plusNanos(1);
      Instant to = time(call, "to", now.plus(AHEAD));
      return new TimeRange(from, to.isBefore(from) ? from : to);
    }

    private static Instant time(HttpCall call, String name, Instant otherwise) {
      String text = call.query(name);
      if (text == null || text.isBlank()) {
        return otherwise;
      }
      Instant time = Timestamps.parse(Json.text(text));
      if (time == null) {
        throw new BadParameter(name + ": not a time (expected: RFC 3339)", null);
      }
      return time;
    }

    private static int number(HttpCall call, String name, int otherwise, int min, int max) {
      String text = call.query(name);
      if (text == null || text.isBlank()) {
        return otherwise;
      }
      boolean digits = text.length() <= 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
      int value = digits ? Integer.parseInt(text) : -1;
      if (value < min || value > max) {
        throw new BadParameter(name + ": (expected: " + min + ".." + max + ")", null);
      }
      return value;
    }
  }

  /** Ends the reading of a request; never leaves this class. */
  private static final class BadParameter extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadParameter(String message, @Nullable Throwable cause) {
      super(message, cause, false, false);
    }

    String text() {
      return String.valueOf(getMessage());
    }
  }
}
