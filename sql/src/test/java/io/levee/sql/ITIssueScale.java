package io.levee.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.bus.Delivery;
import io.levee.engine.issue.IssueFilter;
import io.levee.engine.issue.IssueFilter.Sort;
import io.levee.engine.issue.IssueStatus;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.work.Change;
import io.levee.engine.work.ChangeOutcome;
import io.levee.engine.work.Target;
import io.levee.engine.work.UndoOutcome;
import io.levee.event.Event;
import io.levee.event.EventRecord;
import io.levee.event.Fingerprint;
import io.levee.event.ProjectId;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventGenerator;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What batches and lists cost the processor at the size that the store is made for. Prints what it
 * measured; the limits are several times that, because other things run on the machine.
 */
@SuppressWarnings({
  "NullAway.Init",
  "SystemOut"
}) // JUnit opens before every test; it is for people.
class ITIssueScale {
  private static final ProjectId SHOP = new ProjectId(1);
  private static final Instant START = Instant.parse("2026-05-01T00:00:00Z");
  private static final int BATCH = 5_000;
  private static final int ISSUES = 100_000;

  @TempDir private Path folder;
  private SqlDatabase database;
  private SqlIssueStore issues;
  private long offset;

  @BeforeEach
  void open() {
    database = SqlDatabase.sqlite(folder.resolve("levee.db"), 2);
    database.start();
    issues = new SqlIssueStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void takesInHundredProblemsForMicrosecondsAnEvent() {
    List<EventRecord> records = new EventGenerator(7, SHOP, START).records(10 * BATCH);

    List<Double> microsAnEvent = new ArrayList<>();
    for (int from = 0; from < records.size(); from += BATCH) {
      microsAnEvent.add(apply(records.subList(from, from + BATCH)));
    }

    print("apply, 100 problems, 5000 a batch, µs an event", microsAnEvent);
    assertThat(median(microsAnEvent)).isLessThan(60);
  }

  @Test
  void listsHundredThousandIssuesAtOnce() {
    EventGenerator generator = new EventGenerator(7, SHOP, START);
    List<Double> microsAnEvent = new ArrayList<>();
    for (int first = 0; first < ISSUES; first += BATCH) {
      List<EventRecord> records = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        records.add(EventRecord.of(spread(generator.next(), first + i)));
      }
      microsAnEvent.add(apply(records));
    }
    print("apply, every event a new problem, µs an event", microsAnEvent);

    for (Sort sort : Sort.values()) {
      time("all by " + sort, filter(sort, null, Set.of(), null, null));
    }
    Set<IssueStatus> open = Set.of(IssueStatus.UNRESOLVED);
    TimeRange fortnight = TimeRange.before(START.plus(Duration.ofDays(60)), Duration.ofDays(14));
    TimeRange early = new TimeRange(START, START.plus(Duration.ofDays(14)));
    time("unresolved", filter(Sort.LAST_SEEN, null, open, null, null));
    time("unresolved by events", filter(Sort.EVENTS, null, open, null, null));
    time("unresolved, last 14 days", filter(Sort.LAST_SEEN, null, open, fortnight, null));
    time("unresolved, first 14 days", filter(Sort.LAST_SEEN, null, open, early, null));
    time("words", filter(Sort.LAST_SEEN, "timeout 77", Set.of(), null, null));
    time("environment", filter(Sort.LAST_SEEN, null, Set.of(), null, "staging"));
    time("none", filter(Sort.LAST_SEEN, "nowhere", open, fortnight, "staging"));
    long before = cpuNanos();
    issues.seenIn(ProjectScope.of(SHOP));
    print("seenIn, ms", List.of((cpuNanos() - before) / 1e6));
  }

  @Test
  void changesTenThousandIssuesAndTakesThatBackInOneTransaction() {
    SqlWorkStore work = new SqlWorkStore(database);
    EventGenerator generator = new EventGenerator(7, SHOP, START);
    for (int first = 0; first < 2 * BATCH; first += BATCH) {
      List<EventRecord> records = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        records.add(EventRecord.of(spread(generator.next(), first + i)));
      }
      apply(records);
    }
    ProjectScope scope = ProjectScope.of(SHOP);
    Target all = new Target.Matching(IssueFilter.all(scope, 1), work.look(START));
    Instant now = START.plus(Duration.ofDays(1));

    long before = System.nanoTime();
    ChangeOutcome outcome = work.change(scope, all, new Change.Resolve(), "ann", now);
    double changeMillis = (System.nanoTime() - before) / 1e6;
    assertThat(outcome).isInstanceOf(ChangeOutcome.Changed.class);
    ChangeOutcome.Changed done = (ChangeOutcome.Changed) outcome;
    assertThat(done.issues()).isEqualTo(2 * BATCH);
    before = System.nanoTime();
    UndoOutcome undone = work.undo(scope, String.valueOf(done.undo()), "ann", now);
    double undoMillis = (System.nanoTime() - before) / 1e6;

    assertThat(undone).isEqualTo(new UndoOutcome.Undone(2 * BATCH, 0, List.of()));
    print("resolve 10,000 issues, ms on the wall", List.of(changeMillis));
    print("undo it, ms on the wall", List.of(undoMillis));
    assertThat(changeMillis).isLessThan(2_000);
  }

  /** Sixty days of issues, each event its own problem. */
  private static Event spread(Event event, int problem) {
    Instant time = START.plus(Duration.ofSeconds(problem * 52L));
    return event.toBuilder()
        .time(time)
        .received(time)
        .fingerprint(new Fingerprint(1, problem * 0x9E3779B97F4A7C15L, problem))
        .build();
  }

  private double apply(List<EventRecord> records) {
    List<Delivery> batch = Deliveries.from(offset, records);
    long before = cpuNanos();
    issues.apply(batch);
    double micros = (cpuNanos() - before) / 1e3 / batch.size();
    offset += batch.size();
    return micros;
  }

  private static IssueFilter filter(
      Sort sort,
      @Nullable String text,
      Set<IssueStatus> statuses,
      @Nullable TimeRange seen,
      @Nullable String environment) {
    return new IssueFilter(
        ProjectScope.of(SHOP),
        text,
        statuses,
        Set.of(),
        environment,
        null,
        seen,
        null,
        sort,
        null,
        100);
  }

  private void time(String what, IssueFilter filter) {
    List<Double> millis = new ArrayList<>();
    long total = 0;
    for (int i = 0; i < 11; i++) {
      long before = cpuNanos();
      total = issues.list(filter).total();
      millis.add((cpuNanos() - before) / 1e6);
    }
    print("list, " + what + " (" + total + " match), ms", millis);
    assertThat(median(millis)).as(what).isLessThan(500);
  }

  /** Of this thread alone: time on the wall would measure what else the machine does. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static void print(String what, List<Double> values) {
    double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
    System.out.printf(
        "%s: median %.1f, best %.1f, worst %.1f%n",
        what, median(values), sorted[0], Arrays.stream(sorted).max().orElse(0));
  }
}
