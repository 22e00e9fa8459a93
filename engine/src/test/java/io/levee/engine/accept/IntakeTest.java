package io.levee.engine.accept;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.bus.BusConsumer;
import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.EventBus;
import io.levee.engine.bus.GroupLag;
import io.levee.engine.bus.Positions;
import io.levee.engine.measure.Ledger;
import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.measure.LedgerStore;
import io.levee.engine.measure.Outcome;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.registry.Sender;
import io.levee.engine.run.BackendException;
import io.levee.engine.run.Health;
import io.levee.engine.sampling.Sampling;
import io.levee.engine.sampling.SamplingLimits;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.Fingerprint;
import io.levee.event.ProjectId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class IntakeTest {
  private static final ProjectId PROJECT = new ProjectId(1);
  private static final Sender SENDER = new Sender(PROJECT, "a1b2c3d4");

  private final GatedBus bus = new GatedBus();
  private final HeapRecentIds recentIds = new HeapRecentIds();
  private final Ledger ledger = new Ledger(Clock.systemUTC(), new NoLedgerStore());
  private final AcceptStep fingerprint =
      event -> event.toBuilder().fingerprint(new Fingerprint(1, 1, 1)).build();
  private final Intake intake =
      new Intake(Budget.of(Limits.NONE), List.of(fingerprint), recentIds, bus, ledger);

  private static Event event(int id) {
    return Event.builder(new EventId(0, id), PROJECT)
        .title("event " + id)
        .time(Instant.EPOCH)
        .received(Instant.EPOCH)
        .build();
  }

  @Test
  void acceptedMeansPublished() {
    Verdict verdict = intake.accept(SENDER, List.of(event(1), event(2)));

    assertThat(verdict)
        .isEqualTo(new Verdict.Accepted(List.of(new EventId(0, 1), new EventId(0, 2)), 0));
    assertThat(bus.published).hasSize(2);
    assertThat(bus.published.getFirst().header().senderKey()).isEqualTo("a1b2c3d4");
    assertThat(ledger.total(Outcome.ACCEPTED)).isEqualTo(2);
  }

  @Test
  void aDuplicateIsAnsweredLikeTheFirstAndPublishedOnce() {
    intake.accept(SENDER, List.of(event(1)));

    Verdict verdict = intake.accept(SENDER, List.of(event(1)));

    assertThat(verdict).isEqualTo(new Verdict.Accepted(List.of(new EventId(0, 1)), 1));
    assertThat(bus.published).hasSize(1);
    assertThat(ledger.total(Outcome.DUPLICATE)).isEqualTo(1);
  }

  @Test
  void aRetryOfASampledOutEventIsADuplicateAndCountsNothingTwice() {
    Intake sampled = sampled(10);
    for (int i = 1; i <= 50; i++) {
      sampled.accept(SENDER, List.of(event(i)));
    }

    Verdict verdict = sampled.accept(SENDER, List.of(event(40), event(50), event(51)));

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Accepted.class, a -> assertThat(a.duplicates()).isEqualTo(2));
    assertThat(bus.published).hasSize(51);
    assertThat(ledger.total(Outcome.ACCEPTED)).isEqualTo(10);
    assertThat(ledger.total(Outcome.SAMPLED_OUT)).isEqualTo(41);
    assertThat(ledger.total(Outcome.DUPLICATE)).isEqualTo(2);
  }

  @Test
  void aSampledOutEventThatCouldNotBeWrittenMayComeAgain() {
    Intake sampled = sampled(10);
    for (int i = 1; i <= 20; i++) {
      sampled.accept(SENDER, List.of(event(i)));
    }
    bus.failure = new BackendException.Unavailable("test", "publish", "disk broken", null);
    assertThat(sampled.accept(SENDER, List.of(event(21)))).isInstanceOf(Verdict.Unavailable.class);
    bus.failure = null;

    assertThat(sampled.accept(SENDER, List.of(event(21))))
        .isEqualTo(new Verdict.Accepted(List.of(new EventId(0, 21)), 0));
    assertThat(ledger.total(Outcome.SAMPLED_OUT)).isEqualTo(11);
  }

  private Intake sampled(int threshold) {
    Sampling sampling =
        new Sampling(bus, (project, now) -> threshold, SamplingLimits.DEFAULT, () -> 0L, () -> 1L);
    return new Intake(
        Budget.of(Limits.NONE), List.of(fingerprint), recentIds, bus, ledger, sampling);
  }

  @Test
  void theSameIdTwiceInOneRequestIsPublishedOnce() {
    Verdict verdict = intake.accept(SENDER, List.of(event(1), event(1)));

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Accepted.class, a -> assertThat(a.duplicates()).isEqualTo(1));
    assertThat(bus.published).hasSize(1);
  }

  @Test
  void whatCouldNotBeWrittenIsRefusedAndMayComeAgain() {
    bus.failure = new BackendException.Unavailable("test", "publish", "disk broken", null);
    assertThat(intake.accept(SENDER, List.of(event(1)))).isInstanceOf(Verdict.Unavailable.class);
    bus.failure = null;

    assertThat(intake.accept(SENDER, List.of(event(1))))
        .isEqualTo(new Verdict.Accepted(List.of(new EventId(0, 1)), 0));
    assertThat(ledger.total(Outcome.REFUSED)).isEqualTo(1);
  }

  @Test
  void aFullQueueThrottles() {
    bus.failure = new BackendException.OverCapacity("test", "publish", "full");

    assertThat(intake.accept(SENDER, List.of(event(1)))).isInstanceOf(Verdict.Throttled.class);
    assertThat(ledger.total(Outcome.THROTTLED)).isEqualTo(1);
  }

  @Test
  void aRetryThatOvertakesItsOriginalWaitsUntilTheOriginalIsDurable() throws Exception {
    bus.gate = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Verdict> original = threads.submit(() -> intake.accept(SENDER, List.of(event(1))));
      bus.entered.await();
      Future<Verdict> retry = threads.submit(() -> intake.accept(SENDER, List.of(event(1))));
      assertThat(retry.isDone()).isFalse();

      bus.gate.countDown();

      assertThat(original.get()).isEqualTo(new Verdict.Accepted(List.of(new EventId(0, 1)), 0));
      assertThat(retry.get()).isEqualTo(new Verdict.Accepted(List.of(new EventId(0, 1)), 1));
    }
    assertThat(bus.published).hasSize(1);
  }

  @Test
  void aRetryWhoseOriginalFailedBringsTheEventItself()
      throws InterruptedException, ExecutionException {
    bus.gate = new CountDownLatch(1);
    bus.failuresLeft = 1;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Verdict> original = threads.submit(() -> intake.accept(SENDER, List.of(event(1))));
      bus.entered.await();
      Future<Verdict> retry = threads.submit(() -> intake.accept(SENDER, List.of(event(1))));

      bus.gate.countDown();

      assertThat(original.get()).isInstanceOf(Verdict.Unavailable.class);
      assertThat(retry.get()).isInstanceOf(Verdict.Accepted.class);
    }
    assertThat(bus.published).hasSize(1);
  }

  @Test
  void aBudgetThatIsUsedUpThrottlesBeforeTheBodyIsRead() {
    Budget one = Budget.of(Limits.NONE.with(Limit.EVENTS_PER_MINUTE, 1L));
    Intake small = new Intake(one, List.of(), recentIds, bus, ledger);
    assertThat(small.admit(SENDER)).isInstanceOf(Admission.Admitted.class);

    assertThat(small.admit(SENDER)).isInstanceOf(Admission.Turned.class);
    assertThat(small.admit(Sender.unknownKey(new ProjectId(2))))
        .isInstanceOf(Admission.Admitted.class);
    assertThat(ledger.total(Outcome.THROTTLED)).isEqualTo(1);
  }

  /** Publishes into a list; waits at a gate or fails when told to. */
  private static final class GatedBus implements EventBus {
    private final List<EventRecord> published = new CopyOnWriteArrayList<>();
    private final CountDownLatch entered = new CountDownLatch(1);
    private volatile @Nullable CountDownLatch gate;
    private volatile @Nullable BackendException failure;
    private volatile int failuresLeft;

    @Override
    public void start() {}

    @Override
    public void publish(List<EventRecord> records) {
      entered.countDown();
      CountDownLatch waiting = gate;
      if (waiting != null) {
        await(waiting);
      }
      BackendException failing = failure;
      if (failing != null) {
        throw failing;
      }
      synchronized (this) {
        if (failuresLeft > 0) {
          failuresLeft--;
          throw new BackendException.Unavailable("test", "publish", "told to fail", null);
        }
      }
      published.addAll(records);
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void barrier() {}

    @Override
    public BusConsumer subscribe(String group, Positions from) {
      throw new IllegalStateException("not in this test");
    }

    @Override
    public void forget(String group) {}

    @Override
    public Positions end() {
      return Positions.START;
    }

    @Override
    public List<GroupLag> lag() {
      return List.of();
    }

    @Override
    public Health check() {
      return Health.ok();
    }

    @Override
    public void close() {}
  }

  private static final class HeapRecentIds implements RecentIds {
    private final Set<EventId> ids = ConcurrentHashMap.newKeySet();

    @Override
    public boolean claim(ProjectId project, EventId id) {
      return ids.add(id);
    }

    @Override
    public void release(ProjectId project, EventId id) {
      ids.remove(id);
    }
  }

  private static final class NoLedgerStore implements LedgerStore {
    @Override
    public void add(List<LedgerEntry> entries) {}

    @Override
    public boolean addOnce(long generation, List<LedgerEntry> entries) {
      add(entries);
      return true;
    }

    @Override
    public long generation() {
      return 0;
    }

    @Override
    public List<LedgerEntry> read(ProjectScope scope, TimeRange range) {
      return List.of();
    }

    @Override
    public List<LedgerEntry> readUnknown(TimeRange range) {
      return List.of();
    }

    @Override
    public void retain(Instant from) {}

    @Override
    public String group() {
      return "measure";
    }

    @Override
    public Positions committed() {
      return Positions.START;
    }

    @Override
    public void apply(List<Delivery> batch) {}

    @Override
    public Positions flush() {
      return Positions.START;
    }
  }
}
