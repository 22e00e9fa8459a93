package io.levee.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.grouping.GroupingStore;
import io.levee.engine.grouping.RuleSet;
import io.levee.engine.registry.Project;
import io.levee.event.ProjectId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit gives the folder, and opens before every test.
class SqlGroupingStoreTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @TempDir private Path folder;
  private SqlDatabase database;
  private GroupingStore store;
  private ProjectId shop;

  @BeforeEach
  void open() {
    database = SqlDatabase.sqlite(folder.resolve("levee.db"), 2);
    database.start();
    store = new SqlGroupingStore(database);
    Project project =
        new SqlProjectRegistry(database, Clock.systemUTC(), new SecureRandom())
            .create("shop", "Shop", 90);
    shop = project.id();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void keepsEveryVersionAndTheLastIsInForce() {
    store.save(shop, 0, "type:A -> a", "ann", NOON);
    store.save(shop, 1, "type:A -> b", "bob", NOON.plusSeconds(1));

    RuleSet latest = new RuleSet(shop, 2, "type:A -> b", "bob", NOON.plusSeconds(1));
    assertThat(store.rules(shop)).contains(latest);
    assertThat(store.rules()).containsEntry(shop, latest).hasSize(1);
    assertThat(store.history(shop, 9)).extracting(RuleSet::version).containsExactly(2, 1);
  }

  @Test
  void nobodyOverwritesWhatTheyDidNotSee() {
    store.save(shop, 0, "type:A -> a", "ann", NOON);

    assertThat(store.save(shop, 0, "type:A -> b", "bob", NOON)).isEmpty();
    assertThat(store.rules(shop).orElseThrow().text()).isEqualTo("type:A -> a");
  }

  @Test
  void remembersSinceWhenAVersionIsUsedAndWhetherItFollowedAnother() {
    assertThat(store.begin(2, NOON)).isEqualTo(new GroupingStore.VersionInUse(NOON, false));
    assertThat(store.begin(2, NOON.plusSeconds(60)).since()).isEqualTo(NOON);
    database.update(
        "make an old issue",
        handle -> {
          handle.execute(
              "INSERT INTO issue (id, project, status, status_since, regressed, level, events, users,"
                  + " first_seen, last_seen, title, search_text)"
                  + " VALUES (1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 'x', 'x')");
          handle.execute(
              "INSERT INTO issue_fingerprint (project, version, hash_high, hash_low, issue, ordinal)"
                  + " VALUES (1, 2, 3, 4, 1, 0)");
        });
    assertThat(store.begin(3, NOON).succeeds()).isTrue();
  }
}
