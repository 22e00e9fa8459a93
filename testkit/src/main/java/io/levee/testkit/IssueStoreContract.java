package io.levee.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueActivity;
import io.levee.engine.issue.IssueFilter;
import io.levee.engine.issue.IssueFilter.Sort;
import io.levee.engine.issue.IssueId;
import io.levee.engine.issue.IssuePage;
import io.levee.engine.issue.IssueStatus;
import io.levee.engine.issue.IssueStore;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventBuilder;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.ExceptionInfo;
import io.levee.event.Fingerprint;
import io.levee.event.Json;
import io.levee.event.Kind;
import io.levee.event.Level;
import io.levee.event.ProjectId;
import io.levee.event.SamplePlace;
import io.levee.event.User;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link IssueStore} does. */
@SuppressWarnings("NullAway.Init") // JUnit calls setUp before every test.
public abstract class IssueStoreContract {
  protected static final ProjectId SHOP = new ProjectId(1);
  protected static final ProjectId BLOG = new ProjectId(2);
  protected static final ProjectScope IN_SHOP = ProjectScope.of(SHOP);
  protected static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final Random random = new Random(7);
  private IssueStore issues;
  private long offset;

  /** Opens the store: empty at first, later with what it held when it was closed. */
  protected abstract IssueStore open();

  /** Closes what {@link #open} opened. */
  protected abstract void close();

  @BeforeEach
  void setUp() {
    issues = open();
  }

  @AfterEach
  void tearDown() {
    close();
  }

  @Test
  void makesAnIssueOfTheErrorsOfOneFingerprint() {
    apply(
        error(1, NOON, e -> e.title("Boom: first").level(Level.WARNING).release("1.0")),
        error(1, NOON.plusSeconds(60), e -> e.title("Boom: last").weight(4).release("1.1")),
        error(1, NOON.plusSeconds(30), e -> e.title("Boom: middle").level(Level.FATAL)),
        error(2, NOON, e -> e.title("Bang")));

    Issue boom = issue(1);

    assertThat(boom.title()).isEqualTo("Boom: last");
    assertThat(boom.level()).isEqualTo(Level.FATAL);
    assertThat(boom.events()).isEqualTo(6);
    assertThat(boom.firstSeen()).isEqualTo(NOON);
    assertThat(boom.lastSeen()).isEqualTo(NOON.plusSeconds(60));
    assertThat(boom.firstRelease()).isEqualTo("1.0");
    assertThat(boom.lastRelease()).isEqualTo("1.1");
    assertThat(boom.status()).isEqualTo(IssueStatus.UNRESOLVED);
    assertThat(boom.regressed()).isFalse();
    assertThat(boom.fingerprints()).containsExactly(fingerprint(1));
    assertThat(issues.find(IN_SHOP, boom.id())).contains(boom);
    assertThat(list(all()).total()).isEqualTo(2);
  }

  @Test
  void keepsTheStoryWhenEventsComeLate() {
    apply(error(1, NOON, e -> e.title("newest").culprit("a.b").release("2")));
    apply(error(1, NOON.minusSeconds(600), e -> e.title("late").culprit("x.y").release("1")));

    Issue issue = issue(1);

    assertThat(issue.title()).isEqualTo("newest");
    assertThat(issue.culprit()).isEqualTo("a.b");
    assertThat(issue.firstSeen()).isEqualTo(NOON.minusSeconds(600));
    assertThat(issue.firstRelease()).isEqualTo("1");
    assertThat(issue.lastRelease()).isEqualTo("2");
  }

  @Test
  void whatIsOnlyCountedAddsItsUserAndItsTimeButNoEvent() {
    apply(error(1, NOON, e -> e.title("Boom")));
    for (int user = 0; user < 100; user++) {
      User dropped = new User("user-" + user, null, null, null, Json.Obj.EMPTY);
      EventRecord whole = error(1, NOON.plusSeconds(user), e -> e.title("Boom").user(dropped));
      SamplePlace place = new SamplePlace(5, user + 1L, false);
      apply(new EventRecord(whole.header().sampledOut(place), new byte[0]));
    }
    EventRecord last = error(1, NOON.plusSeconds(99), e -> e.title("Boom"));
    apply(
        new EventRecord(
            last.header().standingFor(100, new SamplePlace(5, 100, true)), last.body()));

    assertThat(issue(1).events()).isEqualTo(101);
    assertThat(issue(1).users()).isEqualTo(100);
    assertThat(issue(1).lastSeen()).isEqualTo(NOON.plusSeconds(99));
    assertThat(
            issues
                .trends(IN_SHOP, Set.of(issue(1).id()), day(), Duration.ofHours(1))
                .values()
                .stream()
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .sum())
        .isEqualTo(101);
  }

  @Test
  void makesNoIssueOfOtherKindsButMovesOn() {
    apply(error(1, NOON, e -> e.kind(Kind.LOG)), error(2, NOON, e -> e.kind(Kind.TRANSACTION)));

    assertThat(list(all()).total()).isZero();
    assertThat(issues.committed()).isEqualTo(new Positions(Map.of(0, 2L)));
  }

  @Test
  void keepsProjectsApart() {
    apply(error(1, NOON, e -> e), error(1, NOON, e -> e.project(BLOG)));

    Issue inBlog = issues.findByFingerprint(ProjectScope.of(BLOG), fingerprint(1)).orElseThrow();

    assertThat(inBlog.events()).isEqualTo(1);
    assertThat(inBlog.id()).isNotEqualTo(issue(1).id());
    assertThat(issues.find(IN_SHOP, inBlog.id())).isEmpty();
    assertThat(issues.activity(IN_SHOP, inBlog.id(), 10)).isEmpty();
    assertThat(issues.trends(IN_SHOP, Set.of(inBlog.id()), day(), Duration.ofHours(1))).isEmpty();
    assertThat(resolve(IN_SHOP, inBlog.id(), NOON)).isZero();
    assertThat(list(all()).total()).isEqualTo(1);
    assertThat(list(filter(ProjectScope.of(Set.of(SHOP, BLOG)))).total()).isEqualTo(2);
  }

  @Test
  void keepsVersionsOfFingerprintsApart() {
    apply(error(1, NOON, e -> e), error(1, NOON, e -> e.fingerprint(new Fingerprint(2, 1, 99))));

    assertThat(list(all()).total()).isEqualTo(2);
  }

  @Test
  void countsABatchThatComesAgainOnce() {
    List<Delivery> batch = deliveries(0, error(1, NOON, e -> e.weight(3)), error(1, NOON, e -> e));

    issues.apply(batch);
    issues.apply(batch);
    issues.apply(Deliveries.from(1, List.of(batch.get(1).record(), error(1, NOON, e -> e))));

    assertThat(issue(1).events()).isEqualTo(5);
    assertThat(issues.flush()).isEqualTo(new Positions(Map.of(0, 3L)));
  }

  @Test
  void remembersEverythingWhenItIsOpenedAgain() {
    apply(error(1, NOON, e -> e.user(user("ann"))), error(1, NOON, e -> e.user(user("bob"))));
    Issue before = issue(1);

    close();
    issues = open();

    assertThat(issues.committed()).isEqualTo(new Positions(Map.of(0, 2L)));
    assertThat(issue(1)).isEqualTo(before);
    apply(error(1, NOON, e -> e.user(user("bob"))));
    assertThat(issue(1).users()).isEqualTo(2);
  }

  @Test
  void countsFewUsersExactlyAndManyWithinTwoPercent() {
    for (int batch = 0; batch < 20; batch++) {
      int first = batch * 250;
      EventRecord[] records = new EventRecord[500];
      for (int i = 0; i < records.length; i++) {
        User user = user("user-" + (first + i));
        records[i] = error(1, NOON, e -> e.user(user));
      }
      apply(records);
      if (batch == 0) {
        assertThat(issue(1).users()).isEqualTo(500);
      }
    }

    assertThat(issue(1).users()).isCloseTo(5_250, within(105L));
  }

  @Test
  void reopensResolvedAsRegressed() {
    apply(error(1, NOON, e -> e));
    IssueId id = issue(1).id();

    assertThat(resolve(IN_SHOP, id, NOON.plusSeconds(100))).isEqualTo(1);
    assertThat(resolve(IN_SHOP, id, NOON.plusSeconds(101))).isZero();
    apply(error(1, NOON, e -> e.received(NOON.plusSeconds(100))));
    assertThat(issue(1).status()).isEqualTo(IssueStatus.RESOLVED);
    apply(error(1, NOON, e -> e.received(NOON.plusSeconds(102))));

    assertThat(issue(1).status()).isEqualTo(IssueStatus.UNRESOLVED);
    assertThat(issue(1).regressed()).isTrue();
    assertThat(issues.activity(IN_SHOP, id, 10))
        .containsExactly(
            new IssueActivity(
                NOON.plusSeconds(102), "levee", IssueStatus.RESOLVED, IssueStatus.UNRESOLVED, true),
            new IssueActivity(
                NOON.plusSeconds(100), "ann", IssueStatus.UNRESOLVED, IssueStatus.RESOLVED, false));
    assertThat(resolve(IN_SHOP, id, NOON.plusSeconds(200))).isEqualTo(1);
    assertThat(issue(1).regressed()).isFalse();
  }

  @Test
  void leavesIgnoredAloneAndGoesOnCounting() {
    apply(error(1, NOON, e -> e));
    issues.setStatus(IN_SHOP, Set.of(issue(1).id()), IssueStatus.IGNORED, "ann", NOON);

    apply(error(1, NOON.plusSeconds(9), e -> e));

    assertThat(issue(1).status()).isEqualTo(IssueStatus.IGNORED);
    assertThat(issue(1).regressed()).isFalse();
    assertThat(issue(1).events()).isEqualTo(2);
  }

  @Test
  void pagesThroughEveryIssueOnceInEveryOrder() {
    ProjectScope both = ProjectScope.of(Set.of(SHOP, BLOG));
    List<EventRecord> records = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      ProjectId project = i % 3 == 0 ? BLOG : SHOP;
      User user = user("user-" + i % 7);
      Instant time = NOON.plusSeconds(random.nextInt(20));
      records.add(error(i % 53, time, e -> e.project(project).user(user)));
    }
    apply(records.toArray(new EventRecord[0]));

    for (Sort sort : Sort.values()) {
      List<Issue> whole = list(filter(both, sort, null, 500)).issues();
      List<Issue> paged = new ArrayList<>();
      @Nullable String after = null;
      do {
        IssuePage page = list(filter(both, sort, after, 7));
        assertThat(page.total()).isEqualTo(whole.size());
        paged.addAll(page.issues());
        after = page.next();
      } while (after != null);
      assertThat(paged).as("by " + sort).isEqualTo(whole).doesNotHaveDuplicates();
      assertThat(whole.stream().map(issue -> key(sort, issue)).toList())
          .isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }
  }

  private static long key(Sort sort, Issue issue) {
    return switch (sort) {
      case LAST_SEEN -> issue.lastSeen().toEpochMilli();
      case FIRST_SEEN -> issue.firstSeen().toEpochMilli();
      case EVENTS -> issue.events();
      case USERS -> issue.users();
    };
  }

  @Test
  void refusesCursorsItDidNotGive() {
    for (String after : List.of("x", "events:1:1", "last_seen:1", "last_seen:1:1;DROP TABLE a")) {
      IssueFilter filter = filter(IN_SHOP, Sort.LAST_SEEN, after, 10);
      assertThatThrownBy(() -> issues.list(filter)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void findsWordsWhateverTheyAreMadeOf() {
    List<String> titles =
        List.of(
            "100% sure",
            "100 x sure",
            "a_b",
            "axb",
            "it's \"; DROP TABLE issue; --",
            "!bang",
            "C:\\temp\\x",
            "Ünïcödé ÄRGER",
            "ПРИВЕТ мир",
            "NUL\0here");
    EventRecord[] records = new EventRecord[titles.size()];
    for (int i = 0; i < records.length; i++) {
      String title = titles.get(i);
      records[i] = error(i, NOON, e -> e.title(title).exceptions(List.of()));
    }
    apply(records);

    assertThat(titlesWith("100%")).containsExactly("100% sure");
    assertThat(titlesWith("sure  100")).containsExactlyInAnyOrder("100% sure", "100 x sure");
    assertThat(titlesWith("A_b")).containsExactly("a_b");
    assertThat(titlesWith("it's \"; DROP TABLE issue; --")).hasSize(1);
    assertThat(titlesWith("!")).containsExactly("!bang");
    assertThat(titlesWith("temp\\")).containsExactly("C:\\temp\\x");
    assertThat(titlesWith("ärger")).containsExactly("Ünïcödé ÄRGER");
    assertThat(titlesWith("привет")).containsExactly("ПРИВЕТ мир");
    assertThat(titlesWith("' OR '1'='1")).isEmpty();
    assertThat(titlesWith("  ")).hasSize(titles.size());
  }

  @Test
  void findsWordsOfCulpritAndExceptionType() {
    apply(
        error(1, NOON, e -> e.title("x").culprit("com.shop.Cart.add")),
        error(2, NOON, e -> e.title("y").exceptions(exception("CartFull"))),
        error(3, NOON, e -> e.title("z")));

    assertThat(titlesWith("cart")).containsExactlyInAnyOrder("x", "y");
    assertThat(titlesWith("cart add")).containsExactly("x");
  }

  private List<String> titlesWith(String text) {
    IssueFilter filter =
        new IssueFilter(
            IN_SHOP, text, Set.of(), Set.of(), null, null, null, null, Sort.EVENTS, null, 100);
    return list(filter).issues().stream().map(Issue::title).toList();
  }

  @Test
  void filtersByStatusLevelEnvironmentReleaseAndFingerprint() {
    apply(
        error(1, NOON, e -> e.environment("prod").release("1").level(Level.FATAL)),
        error(2, NOON, e -> e.environment("test").release("1")),
        error(2, NOON, e -> e.environment("prod").release("2")),
        error(3, NOON, e -> e.project(BLOG).environment("prod")));
    resolve(IN_SHOP, issue(2).id(), NOON.plusSeconds(1));

    assertThat(found(Set.of(IssueStatus.RESOLVED), Set.of(), null, null, null)).containsExactly(2);
    assertThat(
            found(Set.of(IssueStatus.UNRESOLVED, IssueStatus.RESOLVED), Set.of(), null, null, null))
        .containsExactly(1, 2);
    assertThat(found(Set.of(), Set.of(Level.FATAL), null, null, null)).containsExactly(1);
    assertThat(found(Set.of(), Set.of(), "prod", null, null)).containsExactly(1, 2);
    assertThat(found(Set.of(), Set.of(), "test", "2", null)).containsExactly(2);
    assertThat(found(Set.of(), Set.of(), null, "3", null)).isEmpty();
    assertThat(found(Set.of(), Set.of(), null, null, List.of())).isEmpty();
    assertThat(found(Set.of(), Set.of(), null, null, List.of(fingerprint(1), fingerprint(3))))
        .containsExactly(1);
  }

  private List<Integer> found(
      Set<IssueStatus> statuses,
      Set<Level> levels,
      @Nullable String environment,
      @Nullable String release,
      @Nullable List<Fingerprint> fingerprints) {
    IssuePage page =
        list(
            new IssueFilter(
                IN_SHOP,
                null,
                statuses,
                levels,
                environment,
                release,
                null,
                fingerprints,
                Sort.LAST_SEEN,
                null,
                100));
    assertThat(page.total()).isEqualTo(page.issues().size());
    return page.issues().stream()
        .map(i -> (int) i.fingerprints().getFirst().high())
        .sorted()
        .toList();
  }

  @Test
  void findsWhatWasSeenInARange() {
    apply(
        error(1, NOON, e -> e),
        error(2, NOON.minus(Duration.ofDays(3)), e -> e),
        error(2, NOON.plus(Duration.ofDays(3)), e -> e),
        error(3, NOON.minus(Duration.ofDays(3)), e -> e),
        error(3, NOON.plusSeconds(60), e -> e),
        error(3, NOON.plus(Duration.ofDays(3)), e -> e));

    assertThat(seen(NOON.minusSeconds(7200), NOON.plusSeconds(7200))).containsExactly(1, 3);
    assertThat(seen(NOON, NOON)).isEmpty();
    assertThat(seen(NOON.minus(Duration.ofDays(4)), NOON)).containsExactly(2, 3);
    assertThat(seen(NOON.plus(Duration.ofDays(1)), NOON.plus(Duration.ofDays(9))))
        .containsExactly(2, 3);
    assertThat(seen(NOON.plus(Duration.ofDays(8)), NOON.plus(Duration.ofDays(9)))).isEmpty();
  }

  private List<Integer> seen(Instant from, Instant to) {
    TimeRange range = new TimeRange(from, to);
    return list(
            new IssueFilter(
                IN_SHOP,
                null,
                Set.of(),
                Set.of(),
                null,
                null,
                range,
                null,
                Sort.LAST_SEEN,
                null,
                100))
        .issues()
        .stream()
        .map(i -> (int) i.fingerprints().getFirst().high())
        .sorted()
        .toList();
  }

  @Test
  void drawsTrendsInBucketsOfTheEpoch() {
    apply(
        error(1, NOON, e -> e.weight(5)),
        error(1, NOON.plusSeconds(3599), e -> e),
        error(1, NOON.plusSeconds(3600), e -> e),
        error(1, NOON.plus(Duration.ofDays(2)), e -> e),
        error(2, NOON.minus(Duration.ofDays(9)), e -> e));
    Set<IssueId> both = Set.of(issue(1).id(), issue(2).id(), new IssueId(999));

    Map<IssueId, List<Long>> hours =
        issues.trends(
            IN_SHOP,
            both,
            TimeRange.before(NOON.plusSeconds(7200), Duration.ofHours(4)),
            Duration.ofHours(1));
    Map<IssueId, List<Long>> days = issues.trends(IN_SHOP, both, day(), Duration.ofDays(1));

    assertThat(hours).hasSize(2);
    assertThat(hours.get(issue(1).id())).containsExactly(0L, 0L, 6L, 1L);
    assertThat(hours.get(issue(2).id())).containsExactly(0L, 0L, 0L, 0L);
    assertThat(days.get(issue(1).id())).containsExactly(7L, 0L);
    assertThatThrownBy(() -> issues.trends(IN_SHOP, both, day(), Duration.ofMinutes(90)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void offersEnvironmentsAndReleasesNewestFirst() {
    apply(
        error(1, NOON, e -> e.environment("old").release("1")),
        error(2, NOON.plusSeconds(5), e -> e.environment("new").release("2")),
        error(3, NOON.plusSeconds(9), e -> e.project(BLOG).environment("foreign")));
    apply(error(1, NOON.minusSeconds(60), e -> e.environment("new")));

    IssueStore.SeenIn seenIn = issues.seenIn(IN_SHOP);

    assertThat(seenIn.environments()).containsExactly("new", "old");
    assertThat(seenIn.releases()).containsExactly("2", "1");
  }

  @Test
  void forgetsWhatIsOlderThanRetention() {
    Instant old = NOON.minus(Duration.ofDays(100));
    EventRecord[] records = new EventRecord[500];
    for (int i = 0; i < records.length; i++) {
      ProjectId project = i % 2 == 0 ? SHOP : BLOG;
      records[i] = error(1000 + i, old, e -> e.project(project).environment("gone"));
    }
    apply(records);
    apply(error(1, old, e -> e.environment("gone")), error(1, NOON, e -> e.environment("kept")));

    int dropped = issues.retain(Map.of(SHOP, NOON.minus(Duration.ofDays(90))));

    assertThat(dropped).isEqualTo(250);
    assertThat(list(all()).total()).isEqualTo(1);
    assertThat(list(filter(ProjectScope.of(BLOG))).total()).isEqualTo(250);
    assertThat(issues.seenIn(IN_SHOP).environments()).containsExactly("kept");
    TimeRange then = new TimeRange(old, old.plusSeconds(3600));
    assertThat(issues.trends(IN_SHOP, Set.of(issue(1).id()), then, Duration.ofHours(1)).values())
        .allMatch(counts -> counts.stream().allMatch(count -> count == 0));
    apply(error(1000, NOON, e -> e));
    assertThat(issue(1000).events()).isEqualTo(1);
  }

  /** A record of an error of project shop with a fingerprint, received when it happened. */
  protected final EventRecord error(int problem, Instant time, UnaryOperator<EventBuilder> more) {
    Event event =
        more.apply(
                Event.builder(EventId.random(random), SHOP)
                    .kind(Kind.ERROR)
                    .level(Level.ERROR)
                    .time(time)
                    .received(time)
                    .title("Problem " + problem)
                    .fingerprint(fingerprint(problem)))
            .build();
    return EventRecord.of(event);
  }

  protected static Fingerprint fingerprint(int problem) {
    return new Fingerprint(1, problem, 99);
  }

  protected final void apply(EventRecord... records) {
    issues.apply(deliveries(offset, records));
    offset += records.length;
  }

  private static List<Delivery> deliveries(long first, EventRecord... records) {
    return Deliveries.from(first, List.of(records));
  }

  /** The store that is open now. */
  protected final IssueStore issues() {
    return issues;
  }

  private Issue issue(int problem) {
    return issues.findByFingerprint(IN_SHOP, fingerprint(problem)).orElseThrow();
  }

  private int resolve(ProjectScope scope, IssueId id, Instant at) {
    return issues.setStatus(scope, Set.of(id), IssueStatus.RESOLVED, "ann", at);
  }

  private IssuePage list(IssueFilter filter) {
    return issues.list(filter);
  }

  private static IssueFilter all() {
    return filter(IN_SHOP);
  }

  private static IssueFilter filter(ProjectScope scope) {
    return IssueFilter.all(scope, 100);
  }

  private static IssueFilter filter(
      ProjectScope scope, Sort sort, @Nullable String after, int limit) {
    return new IssueFilter(
        scope, null, Set.of(), Set.of(), null, null, null, null, sort, after, limit);
  }

  private static TimeRange day() {
    return new TimeRange(NOON, NOON.plus(Duration.ofDays(1)));
  }

  private static User user(String id) {
    return new User(id, null, null, null, Json.Obj.EMPTY);
  }

  private static List<ExceptionInfo> exception(String type) {
    return List.of(ExceptionInfo.of(type, "value", List.of()));
  }
}
