package io.levee.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.bus.Positions;
import io.levee.engine.index.EventIndex;
import io.levee.engine.index.FacetValue;
import io.levee.engine.index.SearchPage;
import io.levee.engine.index.SearchRequest;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.query.Query;
import io.levee.engine.query.QueryMatcher;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import io.levee.event.Json;
import io.levee.event.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link EventIndex} promises of questions about stacks, however it keeps them: many
 * events of few stacks are found as {@link QueryMatcher} says, each by itself.
 */
@SuppressWarnings("NullAway.Init") // Set up before each test.
public abstract class FrameSearchContract {
  private static final ProjectId PROJECT = new ProjectId(7);
  private static final ProjectId OTHER = new ProjectId(8);
  private static final ProjectScope BOTH = ProjectScope.of(List.of(PROJECT, OTHER));
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final LocalDate DAY = LocalDate.ofInstant(NOON, ZoneOffset.UTC);
  private static final TimeRange ALL_TIME =
      new TimeRange(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"));

  /** Stacks of the events, one after the other; several events have the same. */
  private static final int STACKS = 5;

  /** Two pages for the most that is stored, so that each question is asked twice at most. */
  private static final int PAGE = 60;

  protected EventIndex index;
  private long nextOffset;

  /** An index on an empty store, not started. */
  protected abstract EventIndex create();

  /** An index on the store of the last one, which was closed; not started. */
  protected abstract EventIndex reopen();

  @BeforeEach
  void start() {
    index = create();
    index.start();
  }

  @AfterEach
  void stop() {
    index.close();
  }

  /** Leaves that hit only in frames, only elsewhere, in both, in none. */
  private static List<Query> leaves() {
    List<Query> leaves = new ArrayList<>();
    for (String word :
        List.of(
            "ledger3", "shop.Ledger3", "pay2", "return", "basket", "shared", "amount17", "no")) {
      leaves.add(new Query.Term(null, word));
    }
    for (String field : List.of("function", "module", "file", "type", "title")) {
      leaves.add(new Query.Exists(field));
      leaves.add(new Query.Term(field, "pay2"));
      leaves.add(new Query.Wildcard(field, "*2*"));
      leaves.add(new Query.Regex(field, "[a-z.]*[0-3]"));
      leaves.add(new Query.Range(field, "com.shop.ledger2", true, "pay3", false));
    }
    leaves.add(new Query.Term("module", "COM.shop.Ledger1"));
    leaves.add(new Query.Term("file", "/srv/shop/Ledger1.java"));
    leaves.add(new Query.Term("file", "Ledger4.java"));
    leaves.add(new Query.Phrase(null, "com shop ledger4"));
    leaves.add(new Query.Phrase(null, "return charge")); // In one line of code.
    leaves.add(new Query.Phrase(null, "shop ledger")); // In the title of some.
    leaves.add(new Query.Phrase(null, "java return")); // Would span a file and a line of code.
    leaves.add(new Query.Phrase(null, "pay1 com")); // Would span a function and a module.
    leaves.add(new Query.Wildcard(null, "ledger?"));
    leaves.add(new Query.Wildcard(null, "com.shop.*"));
    leaves.add(new Query.Regex(null, "amount1[0-9]"));
    leaves.add(new Query.Term("tags.function", "pay2"));
    return leaves;
  }

  private static List<Query> queries() {
    List<Query> leaves = leaves();
    List<Query> queries = new ArrayList<>(leaves);
    for (int i = 0; i < leaves.size(); i++) {
      Query one = leaves.get(i);
      Query two = leaves.get((i * 7 + 3) % leaves.size());
      queries.add(new Query.Not(one));
      queries.add(new Query.And(List.of(one, two)));
      queries.add(new Query.Or(List.of(one, two)));
      queries.add(new Query.And(List.of(one, new Query.Not(two))));
      queries.add(new Query.Not(new Query.Or(List.of(new Query.Not(one), two))));
    }
    return queries;
  }

  private static Frame frame(int number) {
    return new Frame(
        "pay" + number,
        "com.shop.Ledger" + number,
        "Ledger" + number + ".java",
        "/srv/shop/Ledger" + number + ".java",
        number,
        null,
        true,
        "return charge(total" + number + ")",
        List.of(),
        List.of(),
        Json.Obj.EMPTY,
        Json.Obj.EMPTY);
  }

  private static List<Frame> frames(int stack, int variable) {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      frames.add(frame(stack + (i == 3 ? 0 : 10 * i)));
    }
    if (variable % 3 == 0) {
      Frame last = frames.removeLast();
      frames.add(
          new Frame(
              last.function(),
              last.module(),
              last.file(),
              last.path(),
              last.line(),
              last.column(),
              last.inApp(),
              last.contextLine(),
              last.preContext(),
              last.postContext(),
              Json.object("amount", Json.text("amount" + variable)),
              Json.object("lang", Json.text("shared"))));
    }
    return frames;
  }

  /** An event of one of the stacks; every seventh has none, every fifth two. */
  private static Event event(Event plain, int number) {
    List<ExceptionInfo> exceptions = new ArrayList<>();
    if (number % 7 != 6) {
      exceptions.add(ExceptionInfo.of("Fault", "it failed", frames(number % STACKS, number)));
    }
    if (number % 5 == 4) {
      exceptions.add(ExceptionInfo.of("Cause", "basket", frames((number + 2) % STACKS, number)));
    }
    return plain.toBuilder()
        .title(number % 4 == 0 ? "the shop ledger3 shared" : "plain")
        .message(null)
        .culprit(null)
        .tags(Map.of("function", "pay" + number % 3))
        .breadcrumbs(List.of())
        .exceptions(exceptions)
        .weight(1 + number % 2)
        .build();
  }

  private static List<Event> events(ProjectId project, int count) {
    List<Event> events = new ArrayList<>();
    for (Event plain : new EventGenerator(project.value(), project, NOON).next(count)) {
      events.add(event(plain, events.size()));
    }
    return events;
  }

  /** The events in parts, each visible before the next comes. */
  private void store(List<Event> events) {
    int part = 1 + events.size() / 4;
    for (int i = 0; i < events.size(); i += part) {
      List<Event> some = events.subList(i, Math.min(events.size(), i + part));
      index.apply(Deliveries.from(nextOffset, some.stream().map(EventRecord::of).toList()));
      nextOffset += some.size();
      index.flush();
    }
  }

  private void restart() {
    index.close();
    index = reopen();
    index.start();
  }

  /** Every question is answered as the matcher answers it for each event. */
  private void agrees(List<Event> events) {
    agrees(events, queries());
  }

  /** A third of the questions, another one each time: what changed is where they look. */
  private void agreesHereAndThere(List<Event> events, int first) {
    List<Query> all = queries();
    List<Query> third = new ArrayList<>();
    for (int i = first % 3; i < all.size(); i += 3) {
      third.add(all.get(i));
    }
    agrees(events, third);
  }

  private void agrees(List<Event> events, List<Query> queries) {
    int some = 0;
    for (Query query : queries) {
      QueryMatcher matcher = new QueryMatcher(query);
      for (ProjectScope scope : List.of(ProjectScope.of(PROJECT), BOTH)) {
        List<Event> matching =
            events.stream().filter(e -> scope.covers(e.project()) && matcher.matches(e)).toList();
        assertThat(ids(scope, query))
            .as("%s", query)
            .isEqualTo(new TreeSet<>(matching.stream().map(Event::id).toList()));
        counts(scope, query, matching);
        some += matching.isEmpty() || matching.size() == events.size() ? 0 : 1;
      }
    }
    assertThat(some).isGreaterThan(queries.size() / 2);
  }

  private Set<EventId> ids(ProjectScope scope, Query query) {
    Set<EventId> ids = new TreeSet<>();
    String after = null;
    do {
      SearchPage page =
          index.search(
              new SearchRequest(scope, query, ALL_TIME, SearchRequest.Order.NEWEST, after, PAGE));
      page.events().forEach(event -> ids.add(event.event().id()));
      after = page.next();
    } while (after != null);
    return ids;
  }

  private void counts(ProjectScope scope, Query query, List<Event> matching) {
    long weight = matching.stream().mapToLong(Event::weight).sum();
    assertThat(index.count(scope, query, ALL_TIME).stored())
        .as("%s", query)
        .isEqualTo(matching.size());
    assertThat(index.count(scope, query, ALL_TIME).events()).as("%s", query).isEqualTo(weight);
    assertThat(index.histogram(scope, query, ALL_TIME, Duration.ofDays(1)).total())
        .as("%s", query)
        .isEqualTo(weight);
    assertThat(index.facets(scope, query, ALL_TIME, List.of("kind"), 10).get("kind"))
        .as("%s", query)
        .isEqualTo(weight == 0 ? List.of() : List.of(new FacetValue("error", weight)));
  }

  @Test
  void meansWhatTheMatcherMeansOfOneProject() {
    List<Event> events = events(PROJECT, 70);

    store(events);

    agrees(events);
  }

  @Test
  void answersTheSameOnceReopenedAndWithMore() {
    List<Event> events = events(PROJECT, 80);
    store(events.subList(0, 40));
    restart();
    agreesHereAndThere(events.subList(0, 40), 0);

    store(events.subList(40, 80));
    agreesHereAndThere(events, 1);
    restart();

    agreesHereAndThere(events, 2);
  }

  @Test
  void answersTheSameOnceReplaced() {
    List<Event> events = events(PROJECT, 40);
    store(events);
    List<Event> changed = new ArrayList<>();
    for (Event event : events) {
      changed.add(event(event, changed.size() + 1));
    }

    store(changed);

    agrees(changed);
  }

  @Test
  void keepsStacksOfDaysAndProjectsApart() {
    List<Event> events = new ArrayList<>();
    for (Event event : events(PROJECT, 40)) {
      Duration later = Duration.ofDays(events.size() % 2);
      events.add(event.toBuilder().time(event.time().plus(later)).build());
    }
    events.addAll(events(OTHER, 30));

    store(events);

    agrees(events);
    assertThat(index.count(ProjectScope.of(OTHER), new Query.All(), ALL_TIME).stored())
        .isEqualTo(30);
  }

  @Test
  void showsEventsAloneToThoseWhoScan() {
    List<Event> events = events(PROJECT, 40);

    store(events);

    List<Event> seen = new ArrayList<>();
    index.scan(DAY, stored -> seen.add(stored.event()));
    assertThat(seen).containsExactlyInAnyOrderElementsOf(events);
  }

  @Test
  void findsTheStacksOfThoseWhoStayOnceOthersAreDropped() {
    List<Event> mine = events(PROJECT, 40);
    List<Event> theirs = events(OTHER, 12);
    store(mine);
    store(theirs);

    index.retain(Map.of(PROJECT, DAY.plusDays(1)));
    index.flush();

    agreesAfterDrop(theirs);
    store(mine.subList(0, 20));
    List<Event> all = new ArrayList<>(theirs);
    all.addAll(mine.subList(0, 20));
    agreesHereAndThere(all, 0);
  }

  /** As {@link #agrees}, in the scope of both: of the one project nothing is left. */
  private void agreesAfterDrop(List<Event> left) {
    for (Query query : queries()) {
      QueryMatcher matcher = new QueryMatcher(query);
      assertThat(ids(BOTH, query))
          .as("%s", query)
          .isEqualTo(new TreeSet<>(left.stream().filter(matcher::matches).map(Event::id).toList()));
      assertThat(ids(ProjectScope.of(PROJECT), query)).as("%s", query).isEmpty();
    }
  }

  @Test
  void answersTheSameOnceRebuilt() {
    List<Event> events = events(PROJECT, 50);
    store(events.subList(0, 30));

    try (EventIndex.IndexRebuild rebuild = index.rebuild()) {
      rebuild.add(events.stream().map(e -> new StoredEvent(EventRecord.of(e).body())).toList());
      rebuild.complete(new Positions(Map.of(0, 50L)));
    }

    agreesHereAndThere(events, 1);
    restart();
    agreesHereAndThere(events, 2);
  }
}
