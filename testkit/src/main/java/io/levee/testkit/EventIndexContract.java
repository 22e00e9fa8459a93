package io.levee.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.levee.engine.bus.Positions;
import io.levee.engine.index.EventCount;
import io.levee.engine.index.EventIndex;
import io.levee.engine.index.FacetValue;
import io.levee.engine.index.Histogram;
import io.levee.engine.index.SearchPage;
import io.levee.engine.index.SearchRequest;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.query.EventFacts;
import io.levee.engine.query.Query;
import io.levee.engine.query.QueryMatcher;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.Health;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.Json;
import io.levee.event.Level;
import io.levee.event.ProjectId;
import io.levee.event.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link EventIndex} promises. */
@SuppressWarnings("NullAway.Init") // Set up before each test.
public abstract class EventIndexContract {
  protected static final ProjectId PROJECT = new ProjectId(7);
  protected static final ProjectId OTHER = new ProjectId(8);
  protected static final ProjectScope SCOPE = ProjectScope.of(PROJECT);
  protected static final ProjectScope BOTH = ProjectScope.of(List.of(PROJECT, OTHER));
  protected static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  protected static final LocalDate DAY = LocalDate.parse("2026-11-21");
  protected static final TimeRange ALL_TIME =
      new TimeRange(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"));
  protected static final Query ALL = new Query.All();

  protected EventIndex index;
  private long nextOffset;

  /** An index on an empty store, not started. */
  protected abstract EventIndex create();

  /**
   * An index on the store of the last one, not started, as a process finds it that comes up again.
   * The last one was closed, or abandoned as a crash abandons it.
   */
  protected abstract EventIndex reopen();

  /** Leaves the index as a crash would: nothing that was not flushed is saved. */
  protected abstract void crash(EventIndex running);

  @BeforeEach
  void start() {
    index = create();
    index.start();
  }

  @AfterEach
  void stop() {
    index.close();
  }

  protected final void apply(List<Event> events) {
    List<EventRecord> records = events.stream().map(EventRecord::of).toList();
    index.apply(Deliveries.from(nextOffset, records));
    nextOffset += events.size();
  }

  protected final void store(List<Event> events) {
    apply(events);
    index.flush();
  }

  protected static List<Event> events(int count) {
    return new EventGenerator(42, PROJECT, NOON).next(count);
  }

  protected final Set<EventId> ids(Query query) {
    Set<EventId> ids = new TreeSet<>();
    SearchPage page = index.search(SearchRequest.newest(SCOPE, query, ALL_TIME, 1000));
    page.events().forEach(e -> ids.add(id(e)));
    return ids;
  }

  /** Canonical JSON begins with the id: reading that alone is a hundred times faster. */
  private static EventId id(StoredEvent event) {
    String start = new String(event.json(), 0, 39, StandardCharsets.US_ASCII);
    EventId id = EventId.parse(start.substring("{\"id\":\"".length()));
    return id == null ? event.event().id() : id;
  }

  private List<Event> search(
      ProjectScope scope, Query query, SearchRequest.Order order, int limit) {
    return index
        .search(new SearchRequest(scope, query, ALL_TIME, order, null, limit))
        .events()
        .stream()
        .map(StoredEvent::event)
        .toList();
  }

  protected final EventCount count(Query query) {
    return index.count(SCOPE, query, ALL_TIME);
  }

  @Test
  void answersNothingWhenEmpty() {
    assertThat(search(SCOPE, ALL, SearchRequest.Order.NEWEST, 10)).isEmpty();
    assertThat(count(ALL)).isEqualTo(new EventCount(0, 0));
    assertThat(index.days()).isEmpty();
    assertThat(index.committed()).isEqualTo(Positions.START);
    assertThat(index.check()).isEqualTo(Health.ok());
  }

  @Test
  void givesBackWhatWasStoredByteForByte() {
    Event event = events(1).getFirst();

    store(List.of(event));

    StoredEvent found = index.find(SCOPE, event.id()).orElseThrow();
    assertThat(found.json()).isEqualTo(EventRecord.of(event).body());
    assertThat(search(SCOPE, ALL, SearchRequest.Order.NEWEST, 10)).containsExactly(event);
  }

  @Test
  void hidesForeignProjects() {
    Event mine = events(1).getFirst();
    Event foreign =
        new EventGenerator(1, OTHER, NOON).next().toBuilder().title("shared words").build();
    store(List.of(mine, foreign));

    assertThat(index.find(SCOPE, foreign.id())).isEmpty();
    assertThat(ids(ALL)).containsExactly(mine.id());
    assertThat(ids(new Query.Term("id", foreign.id().toString()))).isEmpty();
    assertThat(ids(new Query.Term("project", OTHER.toString()))).isEmpty();
    assertThat(count(new Query.Not(new Query.Term(null, "nothing"))).stored()).isEqualTo(1);
    assertThat(index.facets(SCOPE, ALL, ALL_TIME, List.of("project"), 10).get("project"))
        .containsExactly(new FacetValue("7", 1));
    assertThat(index.histogram(SCOPE, ALL, ALL_TIME, Duration.ofDays(1)).total()).isEqualTo(1);
    assertThat(index.find(BOTH, foreign.id())).isPresent();
    assertThat(index.count(BOTH, ALL, ALL_TIME).stored()).isEqualTo(2);
  }

  @Test
  void keepsTheSameIdOfTwoProjectsApart() {
    Event mine = events(1).getFirst();
    Event theirs = mine.toBuilder().project(OTHER).title("theirs").build();

    store(List.of(mine, theirs));

    assertThat(index.find(SCOPE, mine.id()).orElseThrow().event()).isEqualTo(mine);
    assertThat(index.find(ProjectScope.of(OTHER), mine.id()).orElseThrow().event())
        .isEqualTo(theirs);
  }

  @Test
  void addsWeights() {
    List<Event> events = new ArrayList<>(events(3));
    events.set(1, events.get(1).toBuilder().weight(40).level(Level.WARNING).build());
    store(events);

    assertThat(count(ALL)).isEqualTo(new EventCount(42, 3));
    assertThat(count(new Query.Term("level", "warning"))).isEqualTo(new EventCount(40, 1));
    assertThat(index.histogram(SCOPE, ALL, ALL_TIME, Duration.ofDays(1)).total()).isEqualTo(42);
    assertThat(index.facets(SCOPE, ALL, ALL_TIME, List.of("level"), 1).get("level"))
        .containsExactly(new FacetValue("warning", 40));
  }

  @Test
  void pagesThroughAllHitsOnceInBothOrders() {
    List<Event> events = new ArrayList<>();
    for (Event event : events(250)) {
      // Many of the same time, over three days.
      long step = events.size() / 10;
      events.add(event.toBuilder().time(NOON.plus(Duration.ofHours(2 * step))).build());
    }
    store(events.subList(0, 130));
    store(events.subList(130, 250));

    List<Event> newest = pages(SearchRequest.Order.NEWEST, 7);
    List<Event> oldest = pages(SearchRequest.Order.OLDEST, 33);

    assertThat(newest).containsExactlyInAnyOrderElementsOf(events);
    assertThat(newest).isSortedAccordingTo(Comparator.comparing(Event::time).reversed());
    assertThat(oldest).containsExactlyInAnyOrderElementsOf(events);
    assertThat(oldest).isSortedAccordingTo(Comparator.comparing(Event::time));
  }

  @Test
  void keepsPlaceWhileEventsArrive() {
    List<Event> events = events(60);
    store(events.subList(0, 40));
    SearchPage first = index.search(SearchRequest.newest(SCOPE, ALL, ALL_TIME, 20));

    store(events.subList(40, 60));

    SearchPage second =
        index.search(
            new SearchRequest(SCOPE, ALL, ALL_TIME, SearchRequest.Order.NEWEST, first.next(), 20));
    assertThat(second.events().stream().map(e -> e.event().id()))
        .containsExactlyElementsOf(
            events.subList(0, 20).reversed().stream().map(Event::id).toList());
    assertThat(second.next()).isNull();
  }

  private List<Event> pages(SearchRequest.Order order, int limit) {
    List<Event> all = new ArrayList<>();
    String after = null;
    do {
      SearchPage page = index.search(new SearchRequest(SCOPE, ALL, ALL_TIME, order, after, limit));
      page.events().forEach(e -> all.add(e.event()));
      after = page.next();
    } while (after != null);
    return all;
  }

  @Test
  void refusesCursorThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            index.search(
                new SearchRequest(SCOPE, ALL, ALL_TIME, SearchRequest.Order.NEWEST, "garbage", 5)));
  }

  @Test
  void boundsTimeFromInclusiveToExclusive() {
    List<Event> events = events(10);
    store(events);
    TimeRange range = new TimeRange(events.get(3).time(), events.get(7).time());

    assertThat(index.count(SCOPE, ALL, range).stored()).isEqualTo(4);
    assertThat(index.search(SearchRequest.newest(SCOPE, ALL, range, 100)).events()).hasSize(4);
    assertThat(index.count(SCOPE, ALL, new TimeRange(NOON, NOON)).stored()).isZero();
  }

  @Test
  void sumsOfHistogramAreTheCounts() {
    List<Event> events = events(300);
    store(events);
    TimeRange range = new TimeRange(NOON.plusMillis(17), NOON.plusMillis(263));
    Query query = new Query.Term("environment", "production");

    Histogram histogram = index.histogram(SCOPE, query, range, Duration.ofMillis(10));

    assertThat(histogram.total()).isEqualTo(index.count(SCOPE, query, range).events());
    assertThat(histogram.buckets()).hasSize(26);
    for (int i = 0; i < histogram.buckets().size(); i++) {
      assertThat(histogram.buckets().get(i).start()).isEqualTo(NOON.plusMillis(10L + 10L * i));
    }
    long fatal =
        histogram.buckets().stream()
            .mapToLong(b -> b.byLevel().getOrDefault(Level.FATAL, 0L))
            .sum();
    Query fatalOnly = new Query.And(List.of(query, new Query.Term("level", "fatal")));
    assertThat(fatal).isEqualTo(index.count(SCOPE, fatalOnly, range).events());
  }

  @Test
  void refusesTooManyBuckets() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> index.histogram(SCOPE, ALL, ALL_TIME, Duration.ofSeconds(1)));
  }

  @Test
  void countsFacetsAsSearchDoes() {
    store(events(200));
    List<String> fields =
        List.of("level", "host", "release", "type", "status", "tags.region", "user", "url");

    Map<String, List<FacetValue>> facets = index.facets(SCOPE, ALL, ALL_TIME, fields, 1000);

    assertThat(facets.keySet()).containsExactlyElementsOf(fields);
    facets.forEach((field, values) -> {
      assertThat(values.stream().mapToLong(FacetValue::events).sum()).isEqualTo(200);
      assertThat(values)
          .isSortedAccordingTo(Comparator.comparingLong(FacetValue::events).reversed());
      values.stream()
          .limit(5)
          .forEach(value ->
              assertThat(count(new Query.Term(field, value.value())).events())
                  .as("%s %s", field, value)
                  .isEqualTo(value.events()));
    });
    assertThat(facets.get("type")).extracting(FacetValue::value).contains("SQLException");
  }

  @Test
  void replacesEventOfSameProjectAndId() {
    List<Event> events = events(20);
    store(events);

    store(events);
    Event changed = events.get(3).toBuilder().title("changed since").build();
    store(List.of(changed));
    apply(List.of(changed, changed));
    index.flush();

    assertThat(count(ALL)).isEqualTo(new EventCount(20, 20));
    assertThat(index.find(SCOPE, changed.id()).orElseThrow().event()).isEqualTo(changed);
    assertThat(ids(new Query.Term("title", "since"))).containsExactly(changed.id());
  }

  @Test
  void remembersPositionsWithWhatWasFlushed() {
    store(events(20));
    Positions flushed = index.committed();
    index.close();

    index = reopen();
    index.start();

    assertThat(flushed.offset(0)).isEqualTo(20);
    assertThat(index.committed()).isEqualTo(flushed);
    assertThat(count(ALL).stored()).isEqualTo(20);
  }

  @Test
  void receivesAgainAfterCrashWhatWasNotFlushed() {
    List<Event> events = spreadOverDays(60);
    store(events.subList(0, 20));
    apply(events.subList(20, 60));

    crash(index);
    index = reopen();
    index.start();
    long from = index.committed().offset(0);
    nextOffset = from;
    store(events.subList((int) from, 60));

    assertThat(from).isLessThanOrEqualTo(60);
    assertThat(count(ALL)).isEqualTo(new EventCount(60, 60));
    assertThat(ids(ALL)).hasSize(60);
  }

  /** Every event again from the very start, as when positions are lost. */
  @Test
  void countsNothingTwiceWhenAllIsDeliveredAgain() {
    List<Event> events = spreadOverDays(60);
    store(events);
    index.close();
    index = reopen();
    index.start();

    nextOffset = 0;
    store(events);

    assertThat(count(ALL)).isEqualTo(new EventCount(60, 60));
    Histogram histogram = index.histogram(SCOPE, ALL, ALL_TIME, Duration.ofDays(1));
    assertThat(histogram.total()).isEqualTo(60);
  }

  private static List<Event> spreadOverDays(int count) {
    List<Event> spread = new ArrayList<>();
    for (Event event : events(count)) {
      spread.add(
          event.toBuilder().time(event.time().plus(Duration.ofDays(spread.size() % 7))).build());
    }
    return spread;
  }

  @Test
  void scansEveryEventOfDayOnce() {
    List<Event> events = spreadOverDays(70);
    store(events);
    store(events.subList(0, 14));

    assertThat(index.days()).hasSize(7).isSorted();
    for (LocalDate day : index.days()) {
      List<EventId> seen = new ArrayList<>();
      index.scan(day, stored -> seen.add(stored.event().id()));
      assertThat(seen).hasSize(10).doesNotHaveDuplicates();
    }
    index.scan(DAY.minusYears(1), stored -> assertThat(stored).isNull());
  }

  @Test
  void dropsDaysThatNobodyKeeps() {
    store(spreadOverDays(70));

    int dropped = index.retain(Map.of(PROJECT, DAY.plusDays(3)));
    index.flush();

    assertThat(dropped).isEqualTo(3);
    assertThat(index.days()).hasSize(4).doesNotContain(DAY);
    assertThat(count(ALL).stored()).isEqualTo(40);
    index.close();
    index = reopen();
    index.start();
    assertThat(count(ALL).stored()).isEqualTo(40);
    assertThat(index.check()).isEqualTo(Health.ok());
  }

  @Test
  void keepsWhatOtherProjectsStillKeep() {
    List<Event> mine = events(10);
    store(mine);
    store(new EventGenerator(3, OTHER, NOON).next(5));

    int dropped = index.retain(Map.of(PROJECT, DAY.plusDays(1)));
    index.flush();

    assertThat(dropped).isZero();
    assertThat(count(ALL).stored()).isZero();
    assertThat(index.find(SCOPE, mine.getFirst().id())).isEmpty();
    assertThat(index.count(BOTH, ALL, ALL_TIME).stored()).isEqualTo(5);
    assertThat(index.retain(Map.of(PROJECT, DAY.plusDays(1), OTHER, DAY.plusDays(1)))).isEqualTo(1);
  }

  @Test
  void keepsReadingTheOldWhileTheNewIsBuilt() {
    List<Event> events = spreadOverDays(70);
    store(events.subList(0, 35));

    try (EventIndex.IndexRebuild rebuild = index.rebuild()) {
      rebuild.add(stored(events));
      assertThat(count(ALL).stored()).isEqualTo(35);
      rebuild.add(stored(events.subList(60, 70)));
      rebuild.complete(new Positions(Map.of(0, 99L)));
    }

    assertThat(count(ALL)).isEqualTo(new EventCount(70, 70));
    assertThat(index.committed()).isEqualTo(new Positions(Map.of(0, 99L)));
    index.close();
    index = reopen();
    index.start();
    assertThat(count(ALL).stored()).isEqualTo(70);
    assertThat(index.committed()).isEqualTo(new Positions(Map.of(0, 99L)));
    assertThat(index.bytes()).isPositive();
  }

  @Test
  void leavesTheOldAloneWhenRebuildIsGivenUp() {
    List<Event> events = events(20);
    store(events.subList(0, 10));

    try (EventIndex.IndexRebuild rebuild = index.rebuild()) {
      rebuild.add(stored(events));
    }
    try (EventIndex.IndexRebuild again = index.rebuild()) {
      again.add(stored(events.subList(0, 5)));
    }

    assertThat(count(ALL).stored()).isEqualTo(10);
    store(events.subList(10, 20));
    assertThat(count(ALL).stored()).isEqualTo(20);
  }

  private static List<StoredEvent> stored(List<Event> events) {
    return events.stream().map(e -> new StoredEvent(EventRecord.of(e).body())).toList();
  }

  @Test
  void findsPartsOfDottedNames() {
    Event event =
        events(1).getFirst().toBuilder().title("at com.shop.Checkout_V2.pay(order-17)").build();
    store(List.of(event));

    for (String word :
        List.of("checkout", "Checkout", "shop.Checkout", "com.shop.checkout_v2.PAY", "order-17")) {
      assertThat(ids(new Query.Term("title", word))).as(word).containsExactly(event.id());
      assertThat(ids(new Query.Term(null, word))).as(word).containsExactly(event.id());
    }
    assertThat(ids(new Query.Wildcard("title", "com.shop.check*"))).isNotEmpty();
    assertThat(ids(new Query.Term("title", "check"))).isEmpty();
    assertThat(ids(new Query.Phrase("title", "checkout shop"))).isEmpty();
  }

  @Test
  void findsEventByBareId() {
    Event event = events(1).getFirst();
    store(List.of(event));

    assertThat(ids(new Query.Term(null, event.id().toString()))).containsExactly(event.id());
    assertThat(ids(new Query.Term(null, String.valueOf(event.traceId())))).isNotEmpty();
    assertThat(ids(new Query.Term("id", event.id().toString()))).containsExactly(event.id());
  }

  @Test
  void findsLeavesOfTagsExtraAndContexts() {
    Json.Obj extra =
        Json.object(
            "Order", Json.object(Map.of("total", Json.number(12.5), "lines", Json.number(3))));
    Event event = events(1).getFirst().toBuilder().extra(extra).build();
    store(List.of(event));

    assertThat(ids(new Query.Term("order.total", "12.5"))).isNotEmpty();
    assertThat(ids(new Query.Range("extra.order.total", "12", true, "13", false))).isNotEmpty();
    assertThat(ids(new Query.Range("order.total", "12.5", false, null, false))).isEmpty();
    assertThat(ids(new Query.Exists("extra.order"))).isNotEmpty();
    assertThat(ids(new Query.Exists("tags.order"))).isEmpty();
    assertThat(ids(new Query.Term("region", event.tags().get("region") + ""))).isNotEmpty();
  }

  @Test
  void meansWhatTheMatcherMeans() {
    List<Event> events = new ArrayList<>();
    for (Event event : new EventGenerator(5, PROJECT, NOON).next(500)) {
      events.add(varied(event, events.size()));
    }
    store(events.subList(0, 200));
    store(events.subList(200, 500));
    QueryGenerator queries = new QueryGenerator(11, events);
    Map<EventId, EventFacts> facts = new HashMap<>();
    events.forEach(event -> facts.put(event.id(), EventFacts.of(event)));
    int some = 0;

    for (int i = 0; i < 300; i++) {
      Query query = queries.next();
      QueryMatcher matcher = new QueryMatcher(query);
      Set<EventId> expected = new TreeSet<>();
      facts.forEach((id, event) -> {
        if (matcher.matches(event)) {
          expected.add(id);
        }
      });
      assertThat(ids(query)).as("seed 11, query %d: %s", i, query).isEqualTo(expected);
      some += expected.isEmpty() || expected.size() == 500 ? 0 : 1;
    }
    assertThat(some).as("queries that tell events apart").isGreaterThan(100);
  }

  private static Event varied(Event event, int number) {
    return event.toBuilder()
        .level(Level.ofCode(number % 6))
        .weight(number % 9 == 0 ? 5 : 1)
        .durationMillis(number % 3 == 0 ? (Double) (number * 1.5) : null)
        .release(number % 4 == 0 ? null : event.release())
        .request(
            number % 5 == 0
                ? Request.EMPTY
                : Request.of("GET", event.request().url(), 200 + number % 400))
        .extra(
            Json.object(
                Map.of(
                    "order_total",
                    Json.number(number % 7 * 100L),
                    "size",
                    Json.text(number % 2 == 0 ? Integer.toString(number) : "large"),
                    "Nested",
                    Json.object(
                        "list", Json.array(List.of(Json.text("deep"), Json.number(number)))))))
        .build();
  }

  @Test
  void refusesCallsOnceClosed() {
    index.close();
    index.close();

    assertThatIllegalStateException().isThrownBy(() -> count(ALL));
    assertThatIllegalStateException().isThrownBy(() -> index.apply(List.of()));
    assertThatIllegalStateException().isThrownBy(index::days);
  }

  @Test
  void showsWhatWasAppliedWithoutFlush() {
    apply(events(5));

    Set<Long> seen = new HashSet<>();
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> {
          index.tick();
          seen.add(count(ALL).stored());
          assertThat(seen).contains(5L);
        });
  }
}
