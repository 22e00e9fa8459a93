package io.levee.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.levee.engine.grouping.MergeStore;
import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueFilter;
import io.levee.engine.issue.IssueId;
import io.levee.engine.issue.IssueStatus;
import io.levee.engine.issue.IssueStore;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventBuilder;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.Fingerprint;
import io.levee.event.Json;
import io.levee.event.Kind;
import io.levee.event.Level;
import io.levee.event.ProjectId;
import io.levee.event.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link MergeStore} does, and how its {@link IssueStore} goes on with that. */
@SuppressWarnings("NullAway.Init") // JUnit calls setUp before every test.
public abstract class MergeStoreContract {
  protected static final ProjectId SHOP = new ProjectId(1);
  private static final ProjectId BLOG = new ProjectId(2);
  private static final ProjectScope IN_SHOP = ProjectScope.of(SHOP);
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final Random random = new Random(11);
  private IssueStore issues;
  private MergeStore merges;
  private long offset;

  /** Two ports of one database. */
  public record Stores(IssueStore issues, MergeStore merges) {}

  /** Opens empty stores. */
  protected abstract Stores open();

  /** Closes what {@link #open} opened. */
  protected abstract void close();

  @BeforeEach
  void setUp() {
    Stores stores = open();
    issues = stores.issues();
    merges = stores.merges();
  }

  @AfterEach
  void tearDown() {
    close();
  }

  private static Fingerprint print(int problem) {
    return new Fingerprint(2, problem, 5);
  }

  private EventRecord error(int problem, int minute, UnaryOperator<EventBuilder> more) {
    Instant time = NOON.plus(Duration.ofMinutes(minute));
    Event event =
        more.apply(
                Event.builder(EventId.random(random), SHOP)
                    .kind(Kind.ERROR)
                    .level(Level.ERROR)
                    .time(time)
                    .received(time)
                    .title("Problem " + problem)
                    .fingerprint(print(problem)))
            .build();
    return EventRecord.of(event);
  }

  private EventRecord error(int problem, int minute) {
    return error(problem, minute, event -> event);
  }

  private static UnaryOperator<EventBuilder> by(int user) {
    return event -> event.user(new User("u" + user, null, null, null, Json.Obj.EMPTY));
  }

  private static UnaryOperator<EventBuilder> with(int... variants) {
    List<Fingerprint> prints = java.util.Arrays.stream(variants).mapToObj(v -> print(v)).toList();
    return event -> event.variants(prints);
  }

  private void apply(EventRecord... records) {
    issues.apply(Deliveries.from(offset, List.of(records)));
    offset += records.length;
  }

  private Issue issue(int problem) {
    return issues.findByFingerprint(IN_SHOP, print(problem)).orElseThrow();
  }

  private long shown() {
    return issues.list(IssueFilter.all(IN_SHOP, 100)).total();
  }

  private MergeStore.Outcome merge(Issue into, Issue... others) {
    Set<IssueId> ids = new java.util.HashSet<>();
    for (Issue other : others) {
      ids.add(other.id());
    }
    return merges.merge(IN_SHOP, into.id(), ids, "ann", NOON.plusSeconds(9));
  }

  private MergeStore.Outcome unmerge(Issue issue, int problem) {
    return merges.unmerge(IN_SHOP, issue.id(), Set.of(print(problem)), "bob", NOON.plusSeconds(10));
  }

  private List<Long> hours(Issue issue) {
    TimeRange day = new TimeRange(NOON, NOON.plus(Duration.ofHours(4)));
    return issues
        .trends(IN_SHOP, Set.of(issue.id()), day, Duration.ofHours(1))
        .getOrDefault(issue.id(), List.of());
  }

  @Test
  void aKnownVariantFindsTheIssueAndTheOthersAreLearned() {
    apply(error(1, 0, with(10, 11)));
    apply(error(2, 1, with(11)));
    apply(error(3, 2, with(12)));
    apply(error(10, 3));

    assertThat(shown()).isEqualTo(2);
    assertThat(issue(1).events()).isEqualTo(3);
    assertThat(issue(2).id()).isEqualTo(issue(1).id());
    assertThat(issue(10).id()).isEqualTo(issue(1).id());
    assertThat(issue(3).id()).isNotEqualTo(issue(1).id());
    assertThat(issue(1).fingerprints()).containsExactlyInAnyOrder(print(1), print(2), print(10));
  }

  @Test
  void newFingerprintsThatShareAVariantMeetWithinOneBatch() {
    apply(error(1, 0, with(10)), error(2, 1, with(10)), error(3, 2, with(10)), error(4, 3));

    assertThat(shown()).isEqualTo(2);
    assertThat(issue(1).events()).isEqualTo(3);
    assertThat(merges.parts(IN_SHOP, issue(1).id()))
        .extracting(MergeStore.Part::events)
        .containsExactly(1L, 1L, 1L);
  }

  @Test
  void theEventsOwnFingerprintDecidesBeforeItsVariants() {
    apply(error(1, 0), error(2, 0));

    apply(error(2, 1, with(1)));

    assertThat(issue(1).events()).isEqualTo(1);
    assertThat(issue(2).events()).isEqualTo(2);
  }

  @Test
  void mergingAddsEverythingUpAndTeaches() {
    apply(
        error(1, 0, by(1).andThen(e -> e.release("1").environment("prod"))::apply),
        error(1, 5, by(2)),
        error(
            2,
            61,
            by(2).andThen(e -> e.release("2").environment("test").level(Level.FATAL))::apply));
    Issue into = issue(1);
    Issue other = issue(2);

    MergeStore.Outcome outcome = merge(into, other);
    apply(error(2, 62, by(3)), error(1, 63));

    assertThat(outcome).isEqualTo(new MergeStore.Done(List.of(into.id())));
    assertThat(shown()).isEqualTo(1);
    Issue merged = issue(2);
    assertThat(merged.id()).isEqualTo(into.id());
    assertThat(merged.events()).isEqualTo(5);
    assertThat(merged.users()).isEqualTo(3);
    assertThat(merged.level()).isEqualTo(Level.FATAL);
    assertThat(merged.firstSeen()).isEqualTo(NOON);
    assertThat(merged.lastSeen()).isEqualTo(NOON.plus(Duration.ofMinutes(63)));
    assertThat(merged.firstRelease()).isEqualTo("1");
    assertThat(merged.lastRelease()).isEqualTo("2");
    assertThat(merged.fingerprints()).containsExactly(print(1), print(2));
    assertThat(hours(merged)).containsExactly(2L, 3L, 0L, 0L);
    assertThat(issues.find(IN_SHOP, other.id())).isEmpty();
    assertThat(merges.mergedInto(IN_SHOP, other.id())).contains(into.id());
    assertThat(merges.merges(IN_SHOP, into.id(), 9))
        .containsExactly(
            new MergeStore.Merge(NOON.plusSeconds(9), "ann", true, other.id(), "Problem 2"));
  }

  @Test
  void unmergingRestoresAllCountsAndHolds() {
    apply(error(1, 0, by(1)), error(1, 5, by(2)), error(2, 61, by(2).andThen(with(20))::apply));
    Issue into = issue(1);
    Issue other = issue(2);
    issues.setStatus(IN_SHOP, Set.of(into.id()), IssueStatus.IGNORED, "ann", NOON);
    merge(into, other);
    apply(error(2, 62, by(3)), error(1, 63));

    unmerge(issue(1), 2);

    Issue one = issue(1);
    Issue two = issue(2);
    assertThat(shown()).isEqualTo(2);
    assertThat(two.id()).isEqualTo(other.id());
    assertThat(two.status()).isEqualTo(IssueStatus.UNRESOLVED);
    assertThat(two.events()).isEqualTo(2);
    assertThat(two.users()).isEqualTo(2);
    assertThat(two.firstSeen()).isEqualTo(NOON.plus(Duration.ofMinutes(61)));
    assertThat(hours(two)).containsExactly(0L, 2L, 0L, 0L);
    assertThat(one.status()).isEqualTo(IssueStatus.IGNORED);
    assertThat(one.events()).isEqualTo(3);
    assertThat(one.users()).isEqualTo(2);
    assertThat(hours(one)).containsExactly(2L, 1L, 0L, 0L);
    apply(error(2, 70), error(21, 71, with(20)));
    assertThat(issue(2).events()).isEqualTo(4);
    assertThat(issue(1).events()).isEqualTo(3);
    assertThat(merges.parts(IN_SHOP, issue(2).id())).anyMatch(MergeStore.Part::pinned);
  }

  @Test
  void whatJoinedByAVariantCanBeTakenOutToo() {
    apply(error(1, 0, with(10)), error(1, 1, with(10)));
    apply(error(2, 2, with(10)));

    MergeStore.Outcome outcome = unmerge(issue(1), 2);

    assertThat(outcome).isInstanceOf(MergeStore.Done.class);
    assertThat(issue(1).events()).isEqualTo(2);
    assertThat(issue(2).events()).isEqualTo(1);
    apply(error(2, 3, with(10)), error(3, 4, with(10)));
    assertThat(issue(2).events()).isEqualTo(2);
    assertThat(issue(1).events()).isEqualTo(3);
  }

  @Test
  void issuesThatHoldMergedOnesAreMergedAgain() {
    for (int problem = 1; problem <= 4; problem++) {
      apply(error(problem, problem));
    }
    Issue third = issue(3);
    merge(issue(1), issue(2));
    merge(third, issue(4));
    merge(issue(1), third);

    assertThat(shown()).isEqualTo(1);
    assertThat(issue(4).events()).isEqualTo(4);
    assertThat(merges.parts(IN_SHOP, issue(1).id())).hasSize(4);
    assertThat(merges.mergedInto(IN_SHOP, third.id())).contains(issue(1).id());
    unmerge(issue(1), 4);
    unmerge(issue(1), 3);
    assertThat(issue(1).events()).isEqualTo(2);
    assertThat(issue(3).events()).isEqualTo(1);
    assertThat(shown()).isEqualTo(3);
  }

  @Test
  void refusesWhatCannotBeDoneAndDoesNothing() {
    apply(error(1, 0), error(2, 1), error(3, 2, e -> e.project(BLOG)));
    Issue one = issue(1);
    IssueId blog = issues.findByFingerprint(ProjectScope.of(BLOG), print(3)).orElseThrow().id();
    ProjectScope both = new ProjectScope(Set.of(SHOP, BLOG));

    assertThat(merges.merge(both, one.id(), Set.of(issue(2).id(), blog), "ann", NOON))
        .isEqualTo(new MergeStore.OtherProject(blog));
    assertThat(merges.merge(IN_SHOP, one.id(), Set.of(blog), "ann", NOON))
        .isEqualTo(new MergeStore.NotFound(blog));
    assertThat(merges.merge(IN_SHOP, one.id(), Set.of(one.id()), "ann", NOON))
        .isInstanceOf(MergeStore.Refused.class);
    assertThat(unmerge(one, 1)).isInstanceOf(MergeStore.Refused.class);
    assertThat(unmerge(one, 2)).isInstanceOf(MergeStore.Refused.class);
    assertThat(shown()).isEqualTo(2);
    assertThat(issue(2).events()).isEqualTo(1);
  }

  @Test
  void partsGoWithTheirIssue() {
    apply(error(1, 0, with(10)), error(2, 1, with(10)), error(3, 2));
    assertThat(merges.parts(IN_SHOP, issue(1).id())).hasSize(2);

    int dropped = issues.retain(Map.of(SHOP, NOON.plus(Duration.ofDays(1))));

    assertThat(dropped).isEqualTo(2);
    apply(error(2, 3));
    assertThat(issue(2).events()).isEqualTo(1);
    assertThat(merges.parts(IN_SHOP, issue(2).id())).hasSize(1);
  }

  @Test
  void manyUsersAreAddedUpWithinTwoPercent() {
    for (int user = 0; user < 1_500; user++) {
      apply(error(1, 0, by(user)), error(2, 0, by(user + 750)));
    }
    merge(issue(1), issue(2));

    assertThat((double) issue(1).users()).isCloseTo(2_250, within(45.0));
    unmerge(issue(1), 2);
    assertThat((double) issue(1).users()).isCloseTo(1_500, within(30.0));
  }

  @Test
  void whatIsTaughtFindsTheIssueAndChangesNothingElse() {
    apply(error(1, 0), error(2, 0));

    int learned = merges.teach(IN_SHOP, issue(1).id(), Set.of(print(7), print(2)));
    apply(error(8, 1, with(7)));

    assertThat(learned).isEqualTo(1);
    assertThat(issue(8).id()).isEqualTo(issue(1).id());
    assertThat(issue(2).events()).isEqualTo(1);
  }

  @Test
  void fingerprintsBeyondTheLimitShareAPart() {
    apply(error(1, 0, with(5000)));
    for (int problem = 2; problem <= 130; problem++) {
      apply(error(problem, problem, with(5000)));
    }

    List<MergeStore.Part> parts = merges.parts(IN_SHOP, issue(1).id());

    assertThat(parts).hasSizeLessThanOrEqualTo(100);
    assertThat(parts.stream().mapToLong(MergeStore.Part::events).sum()).isEqualTo(130);
    assertThat(issue(130).events()).isEqualTo(130);
  }
}
