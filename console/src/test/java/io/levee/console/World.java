package io.levee.console;

import io.levee.engine.accept.Limits;
import io.levee.engine.ask.AskLimits;
import io.levee.engine.ask.Asker;
import io.levee.engine.bus.DeadLetter;
import io.levee.engine.bus.DeadLetters;
import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.erase.Erasures;
import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.measure.Outcome;
import io.levee.engine.pipeline.DeadLetterOffice;
import io.levee.engine.pipeline.HeadRoom;
import io.levee.engine.pipeline.PipelineStatus;
import io.levee.engine.pipeline.Replayed;
import io.levee.engine.pipeline.SubscriberLoop;
import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Project;
import io.levee.engine.sampling.SpikeWatch;
import io.levee.engine.sampling.Thresholds;
import io.levee.engine.tail.LiveTail;
import io.levee.event.Event;
import io.levee.event.EventRecord;
import io.levee.testkit.MemoryQuestionStore;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stores in memory with a believable fortnight in them, the same for the same seed. */
final class World {
  final MemoryRegistry registry = new MemoryRegistry();
  final MemoryEventIndex index = new MemoryEventIndex();
  final MemoryIssueStore issues = new MemoryIssueStore();
  final MemoryWorkStore work = new MemoryWorkStore(issues);
  final MemoryReleaseStore releases = new MemoryReleaseStore();
  final MemoryLedgerStore ledger = new MemoryLedgerStore();
  final MemoryBudgets budgets = new MemoryBudgets();
  final MemoryDeadLetters deadLetters = new MemoryDeadLetters();

  /** Delivers to nobody, and says that it worked. */
  final DeadLetterOffice office =
      new DeadLetterOffice(
          deadLetters,
          Map.of("archive", this::replay, "index", this::replay, "issue", this::replay));

  final Clock clock;
  final Project shop;
  final Project front;
  final Project empty;
  private final Random random;

  World(Clock clock, long seed) {
    this.clock = clock;
    this.random = new Random(seed);
    this.shop = project("shop", "Shop backend");
    this.front = project("storefront", "Storefront");
    this.empty = project("new-app", "New app");
  }

  private Project project(String slug, String name) {
    Project project = registry.create(slug, name, 90);
    registry.createKey(project.id(), Set.of(Permission.INGEST));
    return project;
  }

  /** Fills the stores. */
  World populate() {
    Stories stories = new Stories(random, clock.instant());
    add(stories.shop(shop.id(), 900));
    add(stories.front(front.id(), 300));
    writeLedger();
    Event lost = stories.shop(shop.id(), 1).getFirst();
    deadLetters.add(
        "issue",
        new Delivery(0, 48_211, EventRecord.of(lost)),
        new DeadLetter.Failure(
            5,
            "IllegalArgumentException: title: longer than the column (expected: at most 8192"
                + " chars)",
            """
            IllegalArgumentException: title
            \tat io.levee.sql.IssueWriter.write(IssueWriter.java:88)
            """,
            clock.instant().minusSeconds(5400)));
    return this;
  }

  void add(List<Event> events) {
    index.add(events);
    issues.add(events);
  }

  private void writeLedger() {
    Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    List<LedgerEntry> lines = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Instant at = minute.minus(i, ChronoUnit.MINUTES);
      boolean flood = i > 17 && i < 24;
      lines.add(line(at, Outcome.ACCEPTED, "error", "", 180 + random.nextInt(90)));
      lines.add(line(at, Outcome.ACCEPTED, "log", "", 40 + random.nextInt(30)));
      lines.add(line(at, Outcome.SAMPLED_OUT, "error", "burst", flood ? 420 : 0));
      lines.add(line(at, Outcome.THROTTLED, "error", "project budget", flood ? 160 : 0));
      lines.add(line(at, Outcome.REFUSED, "session", "not yet supported", random.nextInt(9)));
      lines.add(line(at, Outcome.DUPLICATE, "error", "", random.nextInt(3)));
      lines.add(line(at, Outcome.CLIENT_DROPPED, "error", "queue overflow", i % 20 == 3 ? 12 : 0));
    }
    lines.add(new LedgerEntry(null, "", minute, Outcome.REFUSED, "error", "unknown key", 31));
    lines.add(
        new LedgerEntry(null, "", minute, Outcome.MALFORMED, "envelope", "no header line", 4));
    ledger.add(lines.stream().filter(line -> line.quantity() > 0).toList());
  }

  private LedgerEntry line(
      Instant minute, Outcome outcome, String category, String reason, long quantity) {
    return new LedgerEntry(shop.id(), "", minute, outcome, category, reason, quantity);
  }

  final MemoryQuestionStore questions = new MemoryQuestionStore();
  final LiveTail tail = new LiveTail(() -> Positions.START);

  final Thresholds thresholds = new Thresholds(new MemorySampling(), 100);
  final SpikeWatch spikes = new SpikeWatch((project, now) -> 100, System::nanoTime);

  PipelineStatus status() {
    long dead = office.tallies().getOrDefault("issue", DeadLetters.Tally.NOTHING).letters();
    return new PipelineStatus(
        "0.1.0",
        Duration.ofHours(51).plusMinutes(12),
        4.2,
        List.of(
            subscriber("archive", SubscriberLoop.State.RUNNING, 212, 641_000, 4, null, 0),
            subscriber("index", SubscriberLoop.State.RUNNING, 3, 9_200, 0, null, 0),
            subscriber("issue", SubscriberLoop.State.RUNNING, 0, 0, -1, null, dead),
            subscriber(
                "measure",
                SubscriberLoop.State.RETRYING,
                1841,
                5_400_000,
                92,
                "sqlite write: database is locked",
                0)),
        new PipelineStatus.Disk(
            512_000_000_000L, 301_000_000_000L, 268_435_456L, 8_912_000_000L, 3_204_000_000L),
        new HeadRoom.Estimate(
            new HeadRoom.More(3_180, "index", 4.2),
            Duration.ofSeconds(92),
            1_841,
            new HeadRoom.Drain.Never("measure"),
            new HeadRoom.Disk.FullIn(Duration.ofDays(41))),
        List.of("subscribers: measure: sqlite write: database is locked"));
  }

  private static PipelineStatus.SubscriberStatus subscriber(
      String group,
      SubscriberLoop.State state,
      long records,
      long bytes,
      int oldestSeconds,
      @Nullable String error,
      long dead) {
    return new PipelineStatus.SubscriberStatus(
        group,
        state,
        records,
        bytes,
        oldestSeconds < 0 ? null : Duration.ofSeconds(oldestSeconds),
        records == 1841 ? 0 : 4.2,
        error,
        dead);
  }

  private Replayed replay(List<DeadLetter> letters) {
    letters.forEach(letter -> deadLetters.remove(letter.id()));
    return new Replayed(letters.size(), 0, null);
  }

  ConsolePorts ports() {
    return new ConsolePorts(
        registry,
        index,
        issues,
        ledger,
        office,
        this::status,
        spikes,
        clock,
        () -> URI.create("http://127.0.0.1:7575"),
        new ConsolePorts.Budgets(budgets, budgets, Limits.projectDefaults(6_000_000), thresholds),
        new ConsolePorts.Work(work, releases, new Erasures(new MemoryErasureStore(), () -> {})),
        new ConsolePorts.Explore(
            new Asker(index, clock, System::nanoTime, AskLimits.DEFAULT), tail, questions));
  }
}
