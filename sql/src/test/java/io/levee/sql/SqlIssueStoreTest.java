package io.levee.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueFilter;
import io.levee.engine.issue.IssueFilter.Sort;
import io.levee.engine.issue.IssueStatus;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.BackendException;
import io.levee.event.EventRecord;
import io.levee.event.ProjectId;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract can't see from outside: transactions, kills, readers, plans. */
@SuppressWarnings("NullAway.Init") // JUnit gives the folder, and opens before every test.
class SqlIssueStoreTest {
  private static final ProjectId SHOP = new ProjectId(1);
  private static final IssueFilter ALL = IssueFilter.all(ProjectScope.of(SHOP), 500);
  private static final int BATCH = 200;

  private final EventGenerator generator =
      new EventGenerator(7, SHOP, Instant.parse("2026-05-01T12:00:00Z"));
  @TempDir private Path folder;
  private SqlDatabase database;
  private SqlIssueStore issues;

  @BeforeEach
  void open() {
    database = SqlDatabase.sqlite(folder.resolve("levee.db"), 3);
    database.start();
    issues = new SqlIssueStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void movesPositionsWithTheEffectOrNotAtAll() {
    List<Delivery> first = batch(0);
    List<Delivery> second = batch(BATCH);
    issues.apply(first);
    List<Issue> before = issues.list(ALL).issues();

    assertThatThrownBy(() -> applyAndThen(database, second, SqlIssueStoreTest::fail))
        .isInstanceOf(IllegalStateException.class);

    assertThat(issues.committed()).isEqualTo(new Positions(Map.of(0, (long) BATCH)));
    assertThat(issues.list(ALL).issues()).isEqualTo(before);
    issues.apply(second);
    assertThat(events(issues)).isEqualTo(2 * BATCH);
  }

  @Test
  void findsAfterAKillWhatWasCommitted() {
    List<Delivery> first = batch(0);
    List<Delivery> second = batch(BATCH);
    issues.apply(first);
    Path killed = folder.resolve("killed");

    // With so small a cache, much of the transaction is on disk when the machine goes away.
    database.update("test", handle -> handle.execute("PRAGMA cache_size = 5"));
    applyAndThen(database, second, () -> copy(folder, killed));

    SqlDatabase afterwards = SqlDatabase.sqlite(killed.resolve("levee.db"), 1);
    afterwards.start();
    SqlIssueStore recovered = new SqlIssueStore(afterwards);
    assertThat(recovered.committed()).isEqualTo(new Positions(Map.of(0, (long) BATCH)));
    assertThat(events(recovered)).isEqualTo(BATCH);
    recovered.apply(first);
    recovered.apply(second);
    assertThat(recovered.list(ALL).issues()).isEqualTo(issues.list(ALL).issues());
    afterwards.close();
  }

  private static void applyAndThen(SqlDatabase database, List<Delivery> batch, Runnable then) {
    new SqlGroup(database, "issue")
        .apply(
            batch,
            (handle, fresh) -> {
              new IssueWriter(database, handle).write(IssueDelta.of(fresh));
              then.run();
            });
  }

  private static void fail() {
    throw new IllegalStateException("power cut");
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to);
      for (String name : List.of("levee.db", "levee.db-wal")) {
        Files.copy(from.resolve(name), to.resolve(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void showsReadersWholeBatchesWhileItWrites() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        readers.add(threads.submit(() -> readUntil(done)));
      }
      for (int first = 0; first < 20 * BATCH; first += BATCH) {
        issues.apply(batch(first));
      }
      done.set(true);
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
    }
    assertThat(events(issues)).isEqualTo(20 * BATCH);
  }

  private int readUntil(AtomicBoolean done) {
    int reads = 0;
    do {
      assertThat(events(issues) % BATCH).isZero();
      reads++;
    } while (!done.get());
    return reads;
  }

  @Test
  void countsForOneIssueWhatWasMergedIntoIt() {
    issues.apply(batch(0));
    List<Issue> before = issues.list(ALL).issues();
    Issue kept = before.get(0);
    Issue merged = before.get(1);

    database.update(
        "merge",
        handle -> {
          handle.execute(
              "UPDATE issue_fingerprint SET issue = ?, ordinal = 1 WHERE issue = ?",
              kept.id().value(),
              merged.id().value());
          handle.execute("DELETE FROM issue WHERE id = ?", merged.id().value());
        });
    issues.apply(batch(BATCH));

    Issue both =
        issues
            .findByFingerprint(ProjectScope.of(SHOP), merged.fingerprints().getFirst())
            .orElseThrow();
    assertThat(both.id()).isEqualTo(kept.id());
    assertThat(both.fingerprints())
        .containsExactly(kept.fingerprints().getFirst(), merged.fingerprints().getFirst());
    assertThat(events(issues)).isEqualTo(2 * BATCH - merged.events());
  }

  @Test
  void saysWhenASketchIsDamaged() {
    issues.apply(batch(0));
    database.update(
        "test", handle -> handle.execute("UPDATE issue_users SET sketch = ?", new byte[] {9, 9}));

    assertThatThrownBy(() -> issues.apply(batch(BATCH)))
        .isInstanceOf(BackendException.Corrupt.class);
  }

  @Test
  void keepsNoMoreNamesThanAProjectMayHave() {
    issues.apply(batch(0));
    List<String> known = issues.seenIn(ALL.scope()).releases();
    database.update(
        "test",
        handle -> {
          try (RowBatch rows = new RowBatch(handle, Facet.RELEASE.putOfProject())) {
            for (int i = known.size(); i < NameWriter.NAMES_MAX - 1; i++) {
              rows.add(SHOP.value(), "made-up-" + i, 1L);
            }
            rows.finish();
          }
        });

    issues.apply(
        Deliveries.from(
            BATCH,
            generator.next(BATCH).stream()
                .map(e -> EventRecord.of(e.toBuilder().release(e.id().toString()).build()))
                .toList()));

    assertThat(names("project_release")).isEqualTo(NameWriter.NAMES_MAX);
    assertThat(issues.seenIn(ALL.scope()).releases().subList(1, 1 + known.size()))
        .containsExactlyInAnyOrderElementsOf(known);
    assertThat(names("issue_release")).isEqualTo(known.size() + 1);
    assertThat(events(issues)).isEqualTo(2 * BATCH);
  }

  private int names(String table) {
    return database.read(
        "test",
        handle ->
            handle
                .createQuery("SELECT COUNT(DISTINCT name) FROM " + table)
                .mapTo(Integer.class)
                .one());
  }

  @Test
  void readsEveryOrderOffAnIndex() {
    for (Sort sort : Sort.values()) {
      for (Set<IssueStatus> statuses :
          List.of(Set.<IssueStatus>of(), Set.of(IssueStatus.UNRESOLVED))) {
        IssueFilter filter =
            new IssueFilter(
                ALL.scope(), null, statuses, Set.of(), null, null, null, null, sort, null, 50);
        assertThat(plan(filter))
            .as("%s %s", sort, statuses)
            .contains("USING")
            .doesNotContain("B-TREE");
      }
    }
  }

  private String plan(IssueFilter filter) {
    IssueQuery query = new IssueQuery(filter, null);
    String column = IssueCursor.column(filter.sort());
    return database.read(
        "explain",
        handle ->
            String.join(
                "\n",
                handle
                    .createQuery(
                        "EXPLAIN QUERY PLAN SELECT i.id, i.title FROM issue i WHERE "
                            + query.conditions()
                            + " ORDER BY i."
                            + column
                            + " DESC, i.id DESC LIMIT 50")
                    .bind(0, SHOP.value())
                    .map((row, context) -> row.getString("detail"))
                    .list()));
  }

  private List<Delivery> batch(long firstOffset) {
    return Deliveries.from(firstOffset, generator.records(BATCH));
  }

  private static long events(SqlIssueStore store) {
    return store.list(ALL).issues().stream().mapToLong(Issue::events).sum();
  }
}
