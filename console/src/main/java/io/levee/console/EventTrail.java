package io.levee.console;

import io.levee.engine.index.EventIndex;
import io.levee.engine.index.SearchPage;
import io.levee.engine.index.SearchRequest;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way from one event to the one before and after it among those that match a query. */
final class EventTrail {
  /** How many events of one very millisecond can be told apart. */
  private static final int SAME_TIME_MAX = 50;

  private static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");
  private static final long FUTURE_SECONDS = 86_400L * 2;

  private final EventIndex index;
  private final Clock clock;

  EventTrail(EventIndex index, Clock clock) {
    this.index = index;
    this.clock = clock;
  }

  /** Everything there is: what lies ahead of the clock was clamped to less than two days. */
  TimeRange allTime() {
    return new TimeRange(BEGINNING, clock.instant().plusSeconds(FUTURE_SECONDS));
  }

  /** An event and its neighbours; null where there is none. */
  record Place(Event event, @Nullable EventId older, @Nullable EventId newer) {}

  /** The newest event with the one before it, found in one search. */
  Optional<Place> newestPlace(ProjectScope scope, Query query) {
    SearchRequest request =
        new SearchRequest(scope, query, allTime(), SearchRequest.Order.NEWEST, null, 2);
    List<Event> events =
        index.search(request).events().stream().map(stored -> stored.event()).toList();
    return events.stream()
        .findFirst()
        .map(newest -> new Place(newest, events.size() < 2 ? null : events.get(1).id(), null));
  }

  /** Where an event stands among those that match. */
  Place place(ProjectScope scope, Query query, Event event) {
    return new Place(event, older(scope, query, event), newer(scope, query, event));
  }

  Optional<Event> newest(ProjectScope scope, Query query) {
    return first(scope, query, allTime(), SearchRequest.Order.NEWEST);
  }

  Optional<Event> oldest(ProjectScope scope, Query query) {
    return first(scope, query, allTime(), SearchRequest.Order.OLDEST);
  }

  private Optional<Event> first(
      ProjectScope scope, Query query, TimeRange range, SearchRequest.Order order) {
    SearchPage page = index.search(new SearchRequest(scope, query, range, order, null, 1));
    return page.events().stream().findFirst().map(stored -> stored.event());
  }

  /** The next older one; null when this is the oldest. */
  @Nullable EventId older(ProjectScope scope, Query query, Event event) {
    TimeRange range = new TimeRange(BEGINNING, event.time().plusMillis(1));
    return behind(scope, query, range, SearchRequest.Order.NEWEST, event.id());
  }

  /** The next newer one; null when this is the newest. */
  @Nullable EventId newer(ProjectScope scope, Query query, Event event) {
    Instant end = clock.instant().plusSeconds(FUTURE_SECONDS);
    if (event.time().isAfter(end)) {
      return null;
    }
    TimeRange range = new TimeRange(event.time(), end);
    return behind(scope, query, range, SearchRequest.Order.OLDEST, event.id());
  }

  /** The one that follows an id in the given order. */
  private @Nullable EventId behind(
      ProjectScope scope,
      Query query,
      TimeRange range,
      SearchRequest.Order order,
      EventId current) {
    int limit = 2;
    while (true) {
      SearchPage page = index.search(new SearchRequest(scope, query, range, order, null, limit));
      List<EventId> ids = page.events().stream().map(stored -> stored.event().id()).toList();
      int at = ids.indexOf(current);
      if (at >= 0 && at + 1 < ids.size()) {
        return ids.get(at + 1);
      }
      if (limit == SAME_TIME_MAX || ids.size() < limit) {
        return null;
      }
      limit = SAME_TIME_MAX;
    }
  }
}
