package io.levee.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueFilter;
import io.levee.engine.issue.IssueId;
import io.levee.engine.issue.IssueStatus;
import io.levee.engine.issue.IssueStore;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.work.Change;
import io.levee.engine.work.ChangeOutcome;
import io.levee.engine.work.Comment;
import io.levee.engine.work.CommentOutcome;
import io.levee.engine.work.Entry;
import io.levee.engine.work.Fix;
import io.levee.engine.work.IssueWork;
import io.levee.engine.work.Priority;
import io.levee.engine.work.Sight;
import io.levee.engine.work.SimilarIssue;
import io.levee.engine.work.Target;
import io.levee.engine.work.UndoOutcome;
import io.levee.engine.work.Until;
import io.levee.engine.work.WorkStore;
import io.levee.event.Event;
import io.levee.event.EventBuilder;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.Fingerprint;
import io.levee.event.Json;
import io.levee.event.Kind;
import io.levee.event.ProjectId;
import io.levee.event.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link WorkStore} does, together with the {@link IssueStore} that it works on. */
@SuppressWarnings("NullAway.Init") // JUnit calls setUp before every test.
public abstract class WorkStoreContract {
  private static final ProjectId SHOP = new ProjectId(1);
  private static final ProjectId BLOG = new ProjectId(2);
  private static final ProjectScope IN_SHOP = ProjectScope.of(SHOP);
  private static final ProjectScope IN_BLOG = ProjectScope.of(BLOG);
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Change RESOLVE = new Change.Resolve();

  private final Random random = new Random(7);
  private IssueStore issues;
  private WorkStore work;
  private long offset;

  /** What is under test. */
  public record Stores(IssueStore issues, WorkStore work) {}

  /** Opens the stores, empty. */
  protected abstract Stores open();

  /** Closes what {@link #open} opened. */
  protected abstract void close();

  @BeforeEach
  void setUp() {
    Stores stores = open();
    issues = stores.issues();
    work = stores.work();
  }

  @AfterEach
  void tearDown() {
    close();
  }

  @Test
  void countsVersionsOfDecisionsAndNotOfEvents() {
    apply(error(1, 0, e -> e));
    assertThat(work(1)).isEqualTo(IssueWork.untouched(id(1)));

    change(1, RESOLVE, 1);
    change(1, new Change.Prioritise(Priority.HIGH), 2);
    apply(error(1, 0, e -> e));

    assertThat(work(1).version()).isEqualTo(2);
    assertThat(work(1).priority()).isEqualTo(Priority.HIGH);
    assertThat(status(1)).isEqualTo(IssueStatus.RESOLVED);
    apply(error(1, 3, e -> e));
    assertThat(status(1)).isEqualTo(IssueStatus.UNRESOLVED);
    assertThat(work(1).version()).isEqualTo(3);
    assertThat(work(1).priority()).isEqualTo(Priority.HIGH);
  }

  @Test
  void refusesAChangeOfWhatIsNotAsItWasSeen() {
    apply(error(1, 0, e -> e), error(2, 0, e -> e));
    change(1, new Change.Ignore(new Until.Forever()), 1);

    ChangeOutcome outcome =
        work.change(IN_SHOP, new Target.Named(Map.of(id(1), 0L, id(2), 0L)), RESOLVE, "bob", at(2));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            ChangeOutcome.Stale.class,
            stale -> {
              assertThat(stale.issues()).isEqualTo(1);
              ChangeOutcome.Conflict conflict = stale.conflicts().getFirst();
              assertThat(conflict.issue()).isEqualTo(id(1));
              assertThat(conflict.version()).isEqualTo(1);
              assertThat(conflict.since()).extracting(Entry::actor).containsExactly("ann");
              assertThat(conflict.since())
                  .extracting(Entry::to)
                  .containsExactly(IssueStatus.IGNORED);
            });
    assertThat(status(1)).isEqualTo(IssueStatus.IGNORED);
    assertThat(status(2)).isEqualTo(IssueStatus.UNRESOLVED);
    assertThat(work(2).version()).isZero();
    assertThat(
            work.change(
                IN_SHOP, new Target.Named(Map.of(id(1), 1L, id(2), 0L)), RESOLVE, "bob", at(3)))
        .isInstanceOfSatisfying(
            ChangeOutcome.Changed.class, done -> assertThat(done.issues()).isEqualTo(2));
  }

  @Test
  void anEventThatReopensMakesADecisionStale() {
    apply(error(1, 0, e -> e));
    change(1, RESOLVE, 1);
    apply(error(1, 2, e -> e.release("2.0")));

    ChangeOutcome outcome =
        work.change(
            IN_SHOP, new Target.Named(Map.of(id(1), 1L)), new Change.Archive(), "bob", at(3));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            ChangeOutcome.Stale.class,
            stale ->
                assertThat(stale.conflicts().getFirst().since())
                    .singleElement()
                    .satisfies(entry -> {
                      assertThat(entry.actor()).isEqualTo("levee");
                      assertThat(entry.regressed()).isTrue();
                      assertThat(entry.detail()).isEqualTo("in 2.0");
                    }));
  }

  @Test
  void changesAllThatMatchAndNothingThatCameLater() {
    apply(error(1, 0, e -> e), error(2, 0, e -> e), error(9, 0, e -> e.project(BLOG)));
    Sight seen = work.look(at(5));
    apply(error(3, 0, e -> e));

    ChangeOutcome outcome = matching(seen, RESOLVE, 6);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            ChangeOutcome.Changed.class, done -> assertThat(done.issues()).isEqualTo(2));
    assertThat(status(1)).isEqualTo(IssueStatus.RESOLVED);
    assertThat(status(3)).isEqualTo(IssueStatus.UNRESOLVED);
    assertThat(issue(9, IN_BLOG).status()).isEqualTo(IssueStatus.UNRESOLVED);
    assertThat(matching(null, RESOLVE, 7))
        .isInstanceOfSatisfying(
            ChangeOutcome.Changed.class, done -> assertThat(done.issues()).isEqualTo(1));
    assertThat(matching(null, RESOLVE, 8))
        .isEqualTo(new ChangeOutcome.Changed(0, null, at(86_408)));
  }

  @Test
  void refusesAQuerysChangeWhenOneOfItsIssuesChangedSinceItWasSeen() {
    apply(error(1, 0, e -> e), error(2, 0, e -> e));
    Sight seen = Sight.parse(work.look(at(5)).toString());
    change(2, new Change.Prioritise(Priority.LOW), 6);

    assertThat(matching(seen, RESOLVE, 7))
        .isInstanceOfSatisfying(
            ChangeOutcome.Stale.class,
            stale -> {
              assertThat(stale.issues()).isEqualTo(1);
              assertThat(stale.conflicts().getFirst().since())
                  .extracting(Entry::kind)
                  .containsExactly("priority");
            });
    assertThat(status(1)).isEqualTo(IssueStatus.UNRESOLVED);
  }

  @Test
  void takesBackWhatNobodyChangedSince() {
    apply(error(1, 0, e -> e), error(2, 0, e -> e), error(3, 0, e -> e));
    change(1, new Change.Ignore(new Until.Events(50)), 1);
    change(1, new Change.Prioritise(Priority.HIGH), 2);
    String undo = undoOf(matching(null, RESOLVE, 10));
    change(2, new Change.Archive(), 11);

    UndoOutcome outcome = work.undo(IN_SHOP, undo, "bob", at(12));

    assertThat(outcome).isEqualTo(new UndoOutcome.Undone(2, 1, List.of(id(2))));
    assertThat(status(1)).isEqualTo(IssueStatus.IGNORED);
    assertThat(work(1).until()).isEqualTo(new Until.Events(50));
    assertThat(work(1).priority()).isEqualTo(Priority.HIGH);
    assertThat(status(2)).isEqualTo(IssueStatus.ARCHIVED);
    assertThat(status(3)).isEqualTo(IssueStatus.UNRESOLVED);
    assertThat(work.activity(IN_SHOP, id(1), null, 1))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.kind()).isEqualTo("undo");
          assertThat(entry.actor()).isEqualTo("bob");
          assertThat(entry.version()).isEqualTo(work(1).version());
        });
    assertThat(work.undo(IN_SHOP, undo, "bob", at(13))).isEqualTo(new UndoOutcome.Already());
  }

  @Test
  void takesNothingBackForStrangersOrAfterADay() {
    apply(error(1, 0, e -> e));
    String undo = undoOf(change(1, RESOLVE, 1));

    assertThat(work.undo(IN_BLOG, undo, "eve", at(2))).isEqualTo(new UndoOutcome.Unknown());
    assertThat(work.undo(IN_SHOP, "no such", "eve", at(2))).isEqualTo(new UndoOutcome.Unknown());
    work.wake(at(2).plus(Duration.ofDays(1)));
    assertThat(work.undo(IN_SHOP, undo, "ann", at(3))).isEqualTo(new UndoOutcome.Unknown());
    assertThat(status(1)).isEqualTo(IssueStatus.RESOLVED);
  }

  @Test
  void ignoresUntilATimeWhetherEventsComeOrNot() {
    apply(error(1, 0, e -> e), error(2, 0, e -> e));
    change(1, new Change.Ignore(new Until.Time(at(100))), 1);
    change(2, new Change.Ignore(new Until.Time(at(100))), 1);

    apply(error(1, 99, e -> e));
    assertThat(work.wake(at(99))).isZero();
    assertThat(status(1)).isEqualTo(IssueStatus.IGNORED);
    apply(error(1, 101, e -> e));
    assertThat(status(1)).isEqualTo(IssueStatus.UNRESOLVED);
    assertThat(work.wake(at(102))).isEqualTo(1);
    assertThat(status(2)).isEqualTo(IssueStatus.UNRESOLVED);
    assertThat(work(2).escalating()).isFalse();
    assertThat(work.wake(at(103))).isZero();
  }

  @Test
  void ignoresUntilSoManyMoreEventsOrUsers() {
    apply(error(1, 0, e -> e.weight(40)), error(2, 0, e -> e.user(user("ann"))));
    change(1, new Change.Ignore(new Until.Events(10)), 1);
    change(2, new Change.Ignore(new Until.Users(2)), 1);

    apply(error(1, 2, e -> e.weight(9)), error(2, 2, e -> e.user(user("ann")).weight(50)));
    apply(error(2, 2, e -> e.user(user("bob"))));
    assertThat(status(1)).isEqualTo(IssueStatus.IGNORED);
    assertThat(status(2)).isEqualTo(IssueStatus.IGNORED);
    apply(error(1, 3, e -> e), error(2, 3, e -> e.user(user("cid"))));

    assertThat(status(1)).isEqualTo(IssueStatus.UNRESOLVED);
    assertThat(work(1).escalating()).isTrue();
    assertThat(work(1).until()).isNull();
    assertThat(work.activity(IN_SHOP, id(1), null, 9).getFirst().detail())
        .isEqualTo("10 more events");
    assertThat(status(2)).isEqualTo(IssueStatus.UNRESOLVED);
    change(2, new Change.Unresolve(), 4);
    assertThat(work(2).escalating()).isFalse();
  }

  @Test
  void ignoresUntilARateThatWasReachedAfterwards() {
    apply(error(1, 0, e -> e.weight(500)));
    change(1, new Change.Ignore(new Until.Rate(100, 2)), 10);

    apply(error(1, 20, e -> e.weight(60)));
    apply(error(1, 3 * 3600, e -> e.weight(60)));
    assertThat(status(1)).isEqualTo(IssueStatus.IGNORED);
    apply(error(1, 4 * 3600, e -> e.weight(60)));

    assertThat(status(1)).isEqualTo(IssueStatus.UNRESOLVED);
    assertThat(work.activity(IN_SHOP, id(1), null, 9).getFirst().detail())
        .isEqualTo("120 events within 2 hours");
  }

  @Test
  void leavesArchivedAloneWhateverComes() {
    apply(error(1, 0, e -> e));
    change(1, new Change.Archive(), 1);

    apply(error(1, 5, e -> e.weight(1_000_000)));
    work.wake(at(10_000_000));

    assertThat(status(1)).isEqualTo(IssueStatus.ARCHIVED);
  }

  @Test
  void aFixInTheNextReleaseIsBrokenByLaterReleasesOnly() {
    apply(error(1, 0, e -> e.release("shop@1.9.0")), error(2, 0, e -> e.release("shop@1.10.0")));
    change(1, new Change.ResolveInNextRelease(), 10);
    assertThat(work(1).fix()).isEqualTo(new Fix.AfterRelease("shop@1.10.0"));

    apply(error(1, 20, e -> e.release("shop@1.10.0")), error(1, 20, e -> e));
    apply(error(1, 21, e -> e.release("shop@1.9.9")));
    assertThat(status(1)).isEqualTo(IssueStatus.RESOLVED);
    assertThat(issue(1, IN_SHOP).events()).isEqualTo(4);
    apply(error(1, 22, e -> e.release("shop@1.11.0")));

    assertThat(status(1)).isEqualTo(IssueStatus.UNRESOLVED);
    assertThat(issue(1, IN_SHOP).regressed()).isTrue();
    assertThat(work(1).fix()).isNull();
  }

  @Test
  void aFixInAReleaseIsBrokenByItAndLaterOnes() {
    apply(error(1, 0, e -> e.release("b7e")), error(2, 5, e -> e.release("a31")));
    change(1, new Change.ResolveInRelease("a31"), 10);

    apply(error(1, 20, e -> e.release("b7e")));
    assertThat(status(1)).isEqualTo(IssueStatus.RESOLVED);
    apply(error(1, 22, e -> e.release("a31")));
    assertThat(status(1)).isEqualTo(IssueStatus.UNRESOLVED);
    assertThat(
            work.change(
                IN_SHOP, named(1), new Change.ResolveInRelease("never seen"), "ann", at(30)))
        .isEqualTo(new ChangeOutcome.UnknownRelease("never seen"));
    change(1, new Change.ResolveInRelease("b7e"), 31);
    apply(error(1, 32, e -> e.release("brand new")));
    assertThat(status(1)).isEqualTo(IssueStatus.UNRESOLVED);
  }

  @Test
  void saysWhenMuchMoreComesThanIsUsual() {
    for (int hour = 0; hour < 48; hour++) {
      apply(error(1, hour * 3600L, e -> e.weight(4)), error(2, hour * 3600L, e -> e.weight(30)));
    }
    Instant now = at(48 * 3600L);
    apply(error(1, 48 * 3600L, e -> e.weight(60)), error(2, 48 * 3600L, e -> e.weight(60)));
    apply(error(3, 48 * 3600L, e -> e.weight(60)));

    Map<IssueId, IssueWork> all = work.of(IN_SHOP, Set.of(id(1), id(2), id(3)), "ann", now);

    assertThat(all.values().stream().filter(IssueWork::escalating).map(IssueWork::issue))
        .containsExactly(id(1));
  }

  @Test
  void keepsWhatIsOutsideTheScopeUntouchedAndUnseen() {
    apply(error(1, 0, e -> e));
    IssueId id = id(1);
    CommentOutcome written = work.comment(IN_SHOP, id, "hello", "ann", at(1));
    assertThat(written).isInstanceOf(CommentOutcome.Written.class);

    assertThat(work.of(IN_BLOG, Set.of(id), "eve", at(2))).isEmpty();
    assertThat(work.change(IN_BLOG, new Target.Named(Map.of(id, 0L)), RESOLVE, "eve", at(2)))
        .isInstanceOfSatisfying(
            ChangeOutcome.Changed.class, done -> assertThat(done.issues()).isZero());
    assertThat(work.activity(IN_BLOG, id, null, 10)).isEmpty();
    assertThat(work.comments(IN_BLOG, id)).isEmpty();
    assertThat(work.comment(IN_BLOG, id, "x", "eve", at(2)))
        .isEqualTo(new CommentOutcome.Unknown());
    assertThat(work.edit(IN_BLOG, id, 1, 1, null, "ann", at(2)))
        .isEqualTo(new CommentOutcome.Unknown());
    assertThat(work.bookmark(IN_BLOG, id, true, "eve", at(2))).isFalse();
    assertThat(work.bookmarks(IN_BLOG, "eve")).isEmpty();
  }

  @Test
  void keepsCommentsAndLosesNoEdit() {
    apply(error(1, 0, e -> e));
    Comment first = written(work.comment(IN_SHOP, id(1), "**one**", "ann", at(1)));
    written(work.comment(IN_SHOP, id(1), "two", "bob", at(2)));

    Comment edited = written(edit(first, "uno", "ann"));

    assertThat(edited.version()).isEqualTo(2);
    assertThat(edited.edited()).isEqualTo(at(9));
    assertThat(edit(first, "eins", "ann")).isEqualTo(new CommentOutcome.Stale(edited));
    assertThat(edit(edited, null, "bob")).isEqualTo(new CommentOutcome.NotTheirs(edited));
    assertThat(work.comments(IN_SHOP, id(1)))
        .extracting(Comment::text)
        .containsExactly("uno", "two");
    assertThat(work(1).comments()).isEqualTo(2);
    assertThat(edit(edited, null, "ann")).isEqualTo(new CommentOutcome.Removed());
    assertThat(edit(edited, null, "ann")).isEqualTo(new CommentOutcome.Unknown());
    assertThatThrownBy(() -> work.comment(IN_SHOP, id(1), " ", "ann", at(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private CommentOutcome edit(Comment comment, @Nullable String text, String actor) {
    return work.edit(IN_SHOP, id(1), comment.id(), comment.version(), text, actor, at(9));
  }

  private static Comment written(CommentOutcome outcome) {
    assertThat(outcome).isInstanceOf(CommentOutcome.Written.class);
    return ((CommentOutcome.Written) outcome).comment();
  }

  @Test
  void remembersEverybodysOwnBookmarks() {
    apply(error(1, 0, e -> e), error(2, 0, e -> e));
    work.bookmark(IN_SHOP, id(1), true, "ann", at(1));
    work.bookmark(IN_SHOP, id(2), true, "ann", at(2));
    work.bookmark(IN_SHOP, id(2), true, "ann", at(3));
    work.bookmark(IN_SHOP, id(1), true, "bob", at(3));
    work.bookmark(IN_SHOP, id(1), false, "bob", at(4));

    assertThat(work.bookmarks(IN_SHOP, "ann")).containsExactly(id(2), id(1));
    assertThat(work.bookmarks(IN_SHOP, "bob")).isEmpty();
    assertThat(work(1).bookmarked()).isTrue();
    assertThat(work(1).version()).isZero();
  }

  @Test
  void pagesThroughTheActivityNewestFirst() {
    apply(error(1, 0, e -> e));
    for (int i = 0; i < 6; i++) {
      change(1, i % 2 == 0 ? RESOLVE : new Change.Unresolve(), i);
    }

    List<Entry> first = work.activity(IN_SHOP, id(1), null, 4);
    List<Entry> rest = work.activity(IN_SHOP, id(1), first.getLast().id(), 4);

    assertThat(first).extracting(Entry::version).containsExactly(6L, 5L, 4L, 3L);
    assertThat(rest).extracting(Entry::version).containsExactly(2L, 1L);
  }

  @Test
  void findsIssuesThatAreMuchAlike() {
    apply(
        error(1, 0, e -> e.title("Timeout: no answer from bank").culprit("Payment.pay")),
        error(2, 0, e -> e.title("Timeout: no answer from bank 77").culprit("Payment.pay")),
        error(3, 0, e -> e.title("Timeout: no answer from stock").culprit("Stock.take")),
        error(4, 0, e -> e.title("Image is too large").culprit("Picture.load")),
        error(5, 0, e -> e.title("Timeout: no answer from bank").project(BLOG)));

    List<SimilarIssue> similar = work.similar(IN_SHOP, id(1), 5);

    assertThat(similar).extracting(SimilarIssue::issue).containsExactly(id(2), id(3));
    assertThat(work.similar(IN_BLOG, id(1), 5)).isEmpty();
  }

  private ChangeOutcome change(int problem, Change change, long second) {
    ChangeOutcome outcome = work.change(IN_SHOP, named(problem), change, "ann", at(second));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            ChangeOutcome.Changed.class, done -> assertThat(done.issues()).isEqualTo(1));
    return outcome;
  }

  private Target named(int problem) {
    return new Target.Named(Map.of(id(problem), Target.ANY_VERSION));
  }

  private ChangeOutcome matching(@Nullable Sight seen, Change change, long second) {
    Target target = new Target.Matching(IssueFilter.all(IN_SHOP, 1), seen);
    return work.change(IN_SHOP, target, change, "ann", at(second));
  }

  private static String undoOf(ChangeOutcome outcome) {
    String undo = ((ChangeOutcome.Changed) outcome).undo();
    assertThat(undo).isNotNull();
    return String.valueOf(undo);
  }

  private IssueWork work(int problem) {
    return work.of(IN_SHOP, Set.of(id(problem)), "ann", at(0)).values().iterator().next();
  }

  private IssueStatus status(int problem) {
    return issue(problem, IN_SHOP).status();
  }

  private IssueId id(int problem) {
    return issue(problem, IN_SHOP).id();
  }

  private Issue issue(int problem, ProjectScope scope) {
    return issues.findByFingerprint(scope, new Fingerprint(1, problem, 99)).orElseThrow();
  }

  private static Instant at(long second) {
    return NOON.plusSeconds(second);
  }

  private void apply(EventRecord... records) {
    issues.apply(Deliveries.from(offset, List.of(records)));
    offset += records.length;
  }

  private EventRecord error(int problem, long second, UnaryOperator<EventBuilder> more) {
    Event event =
        more.apply(
                Event.builder(EventId.random(random), SHOP)
                    .kind(Kind.ERROR)
                    .time(at(second))
                    .received(at(second))
                    .title("Problem " + problem)
                    .fingerprint(new Fingerprint(1, problem, 99)))
            .build();
    return EventRecord.of(event);
  }

  private static User user(String id) {
    return new User(id, null, null, null, Json.Obj.EMPTY);
  }
}
