package io.levee.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.bus.Delivery;
import io.levee.engine.erase.Erasure;
import io.levee.engine.erase.ErasureStore;
import io.levee.engine.grouping.MergeStore;
import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueId;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.Fingerprint;
import io.levee.event.Json;
import io.levee.event.Kind;
import io.levee.event.Level;
import io.levee.event.ProjectId;
import io.levee.event.User;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit gives the folder, and opens before every test.
final class SqlErasureStoreTest {
  private static final ProjectId SHOP = new ProjectId(1);
  private static final ProjectScope IN_SHOP = ProjectScope.of(SHOP);
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @TempDir private Path folder;

  private final Random random = new Random(5);
  private SqlDatabase database;
  private SqlIssueStore issues;
  private SqlErasureStore erasures;
  private long offset;

  @BeforeEach
  void open() {
    database = SqlDatabase.sqlite(folder.resolve("levee.db"), 2);
    database.start();
    issues = new SqlIssueStore(database);
    erasures = new SqlErasureStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Fingerprint print(int problem) {
    return new Fingerprint(2, problem, 5);
  }

  private Event error(int problem, String user, int minute) {
    Instant time = NOON.plus(Duration.ofMinutes(minute));
    return Event.builder(EventId.random(random), SHOP)
        .kind(Kind.ERROR)
        .level(Level.ERROR)
        .time(time)
        .received(time)
        .title("Problem " + problem + " of " + user)
        .user(new User(user, null, null, null, Json.Obj.EMPTY))
        .fingerprint(print(problem))
        .build();
  }

  private void apply(Event... events) {
    List<Delivery> batch = new ArrayList<>();
    for (Event event : events) {
      batch.add(new Delivery(0, offset++, EventRecord.of(event)));
    }
    issues.apply(batch);
  }

  private Issue issue(int problem) {
    return issues.findByFingerprint(IN_SHOP, print(problem)).orElseThrow();
  }

  private ErasureStore.Loss loss(ErasureStore.Counter counter, Event gone, Event... left) {
    ErasureStore.Users users = erasures.users();
    for (Event event : left) {
      users.add(String.valueOf(event.user().key()));
    }
    return new ErasureStore.Loss(
        counter,
        gone.weight(),
        Map.of(gone.time().getEpochSecond() / 3_600, (long) gone.weight()),
        gone.time(),
        gone.time(),
        left.length == 0
            ? null
            : new ErasureStore.Remains(left[left.length - 1], left[0].time(), users));
  }

  private Erasure user(String name) {
    return erasures.eraseUser(SHOP, name, false, "anna", NOON);
  }

  @Test
  void takesEventsOutOfAnIssue() {
    Event first = error(1, "ada", 0);
    Event second = error(1, "bob", 1);
    Event third = error(1, "zoe", 2);
    apply(first, second, third);

    List<ErasureStore.Counter> counters = erasures.counters(SHOP, Set.of(print(1)));
    erasures.recount(user("zoe"), List.of(loss(counters.getFirst(), third, first, second)), NOON);

    Issue left = issue(1);
    assertThat(left.events()).isEqualTo(2);
    assertThat(left.users()).isEqualTo(2);
    assertThat(left.title()).isEqualTo("Problem 1 of bob");
    assertThat(left.firstSeen()).isEqualTo(first.time());
    assertThat(left.lastSeen()).isEqualTo(second.time());
    assertThat(erasures.open().getFirst().step()).isEqualTo(Erasure.Step.COUNTED);
  }

  @Test
  void dropsAnIssueThatHasNothingElse() {
    Event only = error(1, "zoe", 0);
    apply(only, error(2, "bob", 0));

    List<ErasureStore.Counter> counters = erasures.counters(SHOP, Set.of(print(1)));
    erasures.recount(user("zoe"), List.of(loss(counters.getFirst(), only)), NOON);

    assertThat(issues.findByFingerprint(IN_SHOP, print(1))).isEmpty();
    assertThat(issue(2).events()).isEqualTo(1);
  }

  @Test
  void takesEventsOutOfOnePartOfAMergedIssue() {
    Event ada = error(1, "ada", 0);
    Event zoe = error(2, "zoe", 1);
    Event bob = error(2, "bob", 2);
    apply(ada, zoe, bob);
    IssueId into = issue(1).id();
    MergeStore.Outcome merged =
        new SqlMergeStore(database).merge(IN_SHOP, into, Set.of(issue(2).id()), "anna", NOON);
    assertThat(merged).isInstanceOf(MergeStore.Done.class);

    List<ErasureStore.Counter> counters = erasures.counters(SHOP, Set.of(print(2)));
    erasures.recount(user("zoe"), List.of(loss(counters.getFirst(), zoe, bob)), NOON);
    assertThat(issue(2).id()).isEqualTo(into);
    assertThat(issue(2).events()).isEqualTo(2);
    assertThat(issue(2).users()).isEqualTo(2);

    counters = erasures.counters(SHOP, Set.of(print(2)));
    erasures.recount(user("bob"), List.of(loss(counters.getFirst(), bob)), NOON);
    assertThat(issue(1).events()).isEqualTo(1);
    assertThat(issue(1).title()).isEqualTo("Problem 1 of ada");
    assertThat(issues.findByFingerprint(IN_SHOP, print(2))).isEmpty();
  }

  @Test
  void dropsAnIssueAndBeginsItAnewWithWhatCameLater() {
    apply(error(1, "zoe", 0));
    IssueId before = issue(1).id();
    Erasure asked = erasures.eraseIssue(IN_SHOP, before, false, "anna", NOON).orElseThrow();
    assertThat(erasures.eraseIssue(IN_SHOP, before, false, "bert", NOON))
        .as("the same wish again")
        .contains(asked);
    assertThat(erasures.eraseIssue(ProjectScope.of(new ProjectId(2)), before, false, "x", NOON))
        .isEmpty();

    erasures.drop(asked, List.of(EventRecord.of(error(1, "bob", 9))));

    assertThat(issue(1).id()).isNotEqualTo(before);
    assertThat(issue(1).events()).isEqualTo(1);
    assertThat(issue(1).title()).isEqualTo("Problem 1 of bob");
  }

  @Test
  void forgetsWhomItWasAboutAndRewritesItsFiles() throws Exception {
    Event only = error(1, "wanderingheron", 0);
    apply(only);
    database.keepCopy();
    Erasure asked = user("wanderingheron");
    List<ErasureStore.Counter> counters = erasures.counters(SHOP, Set.of(print(1)));
    erasures.recount(asked, List.of(loss(counters.getFirst(), only)), NOON);
    erasures.cleared(asked.id(), 1);
    erasures.forget(asked.id());

    database.forgetDeleted();

    for (String name : List.of("levee.db", "levee.db-wal", "levee.db.copy")) {
      Path file = folder.resolve(name);
      assertThat(file).exists();
      assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
          .doesNotContain("wanderingheron");
    }
    erasures.done(asked.id(), List.of("a", "b"), NOON);
    Erasure done = erasures.list(IN_SHOP, 10).getFirst();
    assertThat(done.subject()).isEqualTo(new Erasure.OfUser(""));
    assertThat(done.left()).containsExactly("a", "b");
    assertThat(erasures.open()).isEmpty();
  }

  @Test
  void refusesAUserWithoutAName() {
    assertThatThrownBy(() -> user(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: 1..500");
  }
}
