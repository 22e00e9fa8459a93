package io.levee.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueStore;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.release.Deploy;
import io.levee.engine.release.NewDeploy;
import io.levee.engine.release.NewRelease;
import io.levee.engine.release.Release;
import io.levee.engine.release.ReleaseStore;
import io.levee.engine.release.Suspect;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.Fingerprint;
import io.levee.event.Kind;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ReleaseStore} does, together with the {@link IssueStore} that feeds it. */
@SuppressWarnings("NullAway.Init") // JUnit calls setUp before every test.
public abstract class ReleaseStoreContract {
  private static final ProjectId SHOP = new ProjectId(1);
  private static final ProjectId BLOG = new ProjectId(2);
  private static final ProjectScope IN_SHOP = ProjectScope.of(SHOP);
  private static final ProjectScope IN_BLOG = ProjectScope.of(BLOG);
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final Random random = new Random(7);
  private IssueStore issues;
  private ReleaseStore releases;
  private long offset;

  /** What is under test. */
  public record Stores(IssueStore issues, ReleaseStore releases) {}

  /** Opens the stores, empty. */
  protected abstract Stores open();

  /** Closes what {@link #open} opened. */
  protected abstract void close();

  @BeforeEach
  void setUp() {
    Stores stores = open();
    issues = stores.issues();
    releases = stores.releases();
  }

  @AfterEach
  void tearDown() {
    close();
  }

  @Test
  void addsWhatErrorsNameAndCountsThem() {
    apply(error(1, 10, "1.0"), error(1, 30, "1.0"), error(2, 20, "1.0"), error(3, 40, null));
    apply(error(1, 5, "1.0"), error(4, 50, "1.1"));

    Release release = releases.release(IN_SHOP, "1.0").orElseThrow();

    assertThat(release.firstSeen()).isEqualTo(at(5));
    assertThat(release.lastSeen()).isEqualTo(at(30));
    assertThat(release.events()).isEqualTo(4);
    assertThat(release.newIssues()).isEqualTo(2);
    assertThat(release.deploys()).isZero();
    assertThat(releases.release(IN_SHOP, "2.0")).isEmpty();
    assertThat(releases.release(IN_BLOG, "1.0")).isEmpty();
    assertThat(releases.newIn(IN_SHOP, "1.0", 10)).containsExactly(issue(1).id(), issue(2).id());
    assertThat(releases.newIn(IN_BLOG, "1.0", 10)).isEmpty();
  }

  @Test
  void ordersByVersionWhereThereIsOneAndElseByFirstSight() {
    apply(
        error(1, 1, "shop@1.10.0"),
        error(1, 2, "feature-x"),
        error(1, 3, "shop@1.9.0"),
        error(1, 4, "hotfix"),
        error(1, 5, "shop@1.10.0-rc.1"));

    assertThat(releases.releases(IN_SHOP, 10))
        .extracting(Release::name)
        .containsExactly("shop@1.10.0", "hotfix", "shop@1.10.0-rc.1", "feature-x", "shop@1.9.0");
    assertThat(releases.releases(IN_SHOP, 2)).hasSize(2);
    assertThat(releases.ofIssue(IN_SHOP, issue(1).id())).hasSize(5).startsWith("shop@1.10.0");
    assertThat(releases.ofIssue(IN_BLOG, issue(1).id())).isEmpty();
  }

  @Test
  void remembersWhatPeopleSayOfARelease() {
    releases.put(SHOP, new NewRelease("2.0", at(60), null, "abc123"), at(100));
    releases.put(SHOP, new NewRelease("2.0", null, "https://x.example/2.0", null), at(200));
    apply(error(1, 50, "2.0"));

    Release release = releases.release(IN_SHOP, "2.0").orElseThrow();

    assertThat(release.released()).isEqualTo(at(60));
    assertThat(release.url()).isEqualTo("https://x.example/2.0");
    assertThat(release.ref()).isEqualTo("abc123");
    assertThat(release.firstSeen()).isEqualTo(at(50));
    for (String name : List.of("", " ", "..", "a\nb", "x".repeat(257))) {
      assertThatThrownBy(() -> NewRelease.named(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void keepsDeploysOfReleasesKnownAndUnknown() {
    Deploy first = deploy("1.0", "production", 10);
    Deploy second = deploy("1.0", "staging", 20);
    Deploy third = deploy("2.0", "production", 30);
    releases.deploy(BLOG, newDeploy("1.0", "", 15), "eve", at(15));

    assertThat(releases.deploys(IN_SHOP, new TimeRange(at(10), at(30)), 10))
        .containsExactly(second, first);
    assertThat(releases.deploysOf(IN_SHOP, "1.0", 10)).containsExactly(second, first);
    assertThat(releases.findDeploy(IN_SHOP, third.id())).contains(third);
    assertThat(releases.findDeploy(IN_BLOG, third.id())).isEmpty();
    assertThat(releases.release(IN_SHOP, "2.0").orElseThrow().deploys()).isEqualTo(1);
    assertThat(releases.removeDeploy(IN_BLOG, third.id())).isFalse();
    assertThat(releases.removeDeploy(IN_SHOP, third.id())).isTrue();
    assertThat(releases.removeDeploy(IN_SHOP, third.id())).isFalse();
  }

  @Test
  void suspectsTheReleaseThatAnIssueBeganWith() {
    deploy("1.0", "production", 0);
    deploy("1.1", "staging", 90);
    Deploy brought = deploy("1.1", "production", 95);
    deploy("1.1", "production", 500);
    apply(error(1, 10, "1.0"));
    apply(error(2, 100, "1.1"), error(1, 101, "1.1"));
    apply(error(3, 400, null));

    assertThat(releases.suspect(IN_SHOP, issue(1).id())).isEmpty();
    Suspect suspect = releases.suspect(IN_SHOP, issue(2).id()).orElseThrow();
    assertThat(suspect.release()).isEqualTo("1.1");
    assertThat(suspect.deploy()).isEqualTo(brought);
    assertThat(suspect.since()).isEqualTo(at(95));
    assertThat(suspect.reason()).contains("the release before it had none");
    assertThat(releases.suspect(IN_SHOP, issue(3).id()).orElseThrow().deploy()).isEqualTo(brought);
    assertThat(releases.suspect(IN_BLOG, issue(2).id())).isEmpty();
  }

  private Deploy deploy(String release, String environment, long second) {
    return releases.deploy(SHOP, newDeploy(release, environment, second), "ci", at(second));
  }

  private static NewDeploy newDeploy(String release, String environment, long second) {
    return new NewDeploy(
        release, environment, "blue", null, "**big**", null, at(second), "Ann", "ann@x.example");
  }

  private Issue issue(int problem) {
    return issues.findByFingerprint(IN_SHOP, new Fingerprint(1, problem, 99)).orElseThrow();
  }

  private static Instant at(long second) {
    return NOON.plusSeconds(second);
  }

  private void apply(EventRecord... records) {
    issues.apply(Deliveries.from(offset, List.of(records)));
    offset += records.length;
  }

  private EventRecord error(int problem, long second, @Nullable String release) {
    Event event =
        Event.builder(EventId.random(random), SHOP)
            .kind(Kind.ERROR)
            .time(at(second))
            .received(at(second))
            .title("Problem " + problem)
            .release(release)
            .fingerprint(new Fingerprint(1, problem, 99))
            .build();
    return EventRecord.of(event);
  }
}
