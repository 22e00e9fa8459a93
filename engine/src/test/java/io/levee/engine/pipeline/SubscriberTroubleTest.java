package io.levee.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.bus.DeadLetter;
import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.bus.Subscriber;
import io.levee.engine.run.BackendException;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.Fingerprint;
import io.levee.event.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the loop does when events are poisoned, stores fail and lose what they had in memory. */
final class SubscriberTroubleTest {
  private static final LoopConfig QUICK =
      new LoopConfig(
          64,
          1 << 20,
          Duration.ZERO,
          Duration.ofMillis(5),
          1 << 20,
          5,
          Duration.ofMillis(1),
          Duration.ofMillis(4),
          Duration.ofMillis(500));

  private final HeapEventBus bus = new HeapEventBus();
  private final ForgetfulStore store = new ForgetfulStore();
  private final HeapDeadLetters deadLetters = new HeapDeadLetters();
  private final SubscriberLoop loop =
      new SubscriberLoop(
          store, bus, deadLetters, QUICK, Clock.systemUTC(), Thread.ofPlatform().factory());
  private final DeadLetterOffice office =
      new DeadLetterOffice(deadLetters, Map.of("test", loop::replay));

  @AfterEach
  void close() {
    store.down = false;
    loop.close();
  }

  private void publish(int from, int to) {
    bus.publish(
        LongStream.range(from, to)
            .mapToObj(i ->
                EventRecord.of(
                    Event.builder(new EventId(0, i), new ProjectId(1))
                        .title("event " + i)
                        .time(Instant.EPOCH)
                        .received(Instant.EPOCH)
                        .fingerprint(new Fingerprint(1, 0, 0))
                        .build()))
            .toList());
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
      Thread.sleep(1);
    }
  }

  private static Set<Long> offsets(long from, long to) {
    return new TreeSet<>(LongStream.range(from, to).boxed().toList());
  }

  @Test
  void everyPoisonedEventIsTriedFiveTimesAndSetAsideAlone() throws InterruptedException {
    store.poison.addAll(List.of(3L, 4L, 77L));
    publish(0, 200);

    loop.start();

    until(() -> bus.committed().offset(0) == 200);
    Set<Long> expected = offsets(0, 200);
    expected.removeAll(store.poison);
    assertThat(store.durable).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(deadLetters.offsets()).containsExactly(3L, 4L, 77L);
    assertThat(store.triesAlone).containsOnlyKeys(3L, 4L, 77L);
    assertThat(store.triesAlone.values())
        .allSatisfy(tries -> assertThat(tries.get()).isEqualTo(QUICK.attemptsMax()));
    DeadLetter letter = deadLetters.letters.getFirst();
    assertThat(letter.failure().cause()).contains("poison 3");
    assertThat(letter.failure().stack()).contains("ForgetfulStore");
    assertThat(letter.failure().attempts()).isEqualTo(5);
  }

  @Test
  void manyPoisonedEventsDoNotHoldTheRestUp() throws InterruptedException {
    LongStream.range(0, 400).forEach(store.poison::add);
    publish(0, 500);

    loop.start();

    until(() -> bus.committed().offset(0) == 500);
    assertThat(store.durable).containsExactlyInAnyOrderElementsOf(offsets(400, 500));
    assertThat(deadLetters.letters).hasSize(400);
  }

  @Test
  void whenTheDeadLettersAreFullItWaitsAndSaysSo() throws InterruptedException {
    deadLetters.lettersMax = 2;
    store.poison.addAll(List.of(1L, 2L, 3L));
    publish(0, 10);

    loop.start();

    until(() -> loop.state() == SubscriberLoop.State.RETRYING);
    assertThat(loop.lastError()).contains("full");
    assertThat(store.durable).doesNotContain(4L);

    office.discard(deadLetters.letters.getFirst().id());
    until(() -> bus.committed().offset(0) == 10);
    assertThat(deadLetters.offsets()).containsExactly(2L, 3L);
  }

  @Test
  void whatAStoreLostInAFailureComesAgain() throws InterruptedException {
    publish(0, 20);
    loop.start();
    until(() -> store.durable.size() == 20);

    store.loseAtFlush.set(3);
    publish(20, 60);

    until(() -> bus.committed().offset(0) == 60);
    assertThat(store.durable).containsExactlyInAnyOrderElementsOf(offsets(0, 60));
    assertThat(store.recoveries.get()).isPositive();
    until(() -> loop.state() == SubscriberLoop.State.RUNNING && loop.lastError() == null);
    assertThat(deadLetters.letters).isEmpty();
  }

  @Test
  void aStoreThatIsDownIsSaidToBeAndCatchesUp() throws InterruptedException {
    store.down = true;
    publish(0, 500);
    loop.start();

    until(() -> loop.state() == SubscriberLoop.State.RETRYING);
    assertThat(loop.lastError()).contains("down");
    publish(500, 1_000);

    store.down = false;
    until(() -> store.durable.size() == 1_000);
    until(() -> loop.state() == SubscriberLoop.State.RUNNING);
    assertThat(deadLetters.letters).isEmpty();
  }

  @Test
  void aLoopInTroubleIsHeldAndGoesOnWhereARebuildPutIt() throws InterruptedException {
    store.down = true;
    publish(0, 50);
    loop.start();
    until(() -> loop.state() == SubscriberLoop.State.RETRYING);

    loop.hold();
    assertThat(loop.state()).isEqualTo(SubscriberLoop.State.PAUSED);
    store.down = false;
    store.rebuiltAt(40);
    loop.resume();

    until(() -> bus.committed().offset(0) == 50);
    assertThat(store.durable).containsExactlyInAnyOrderElementsOf(offsets(40, 50));
  }

  @Test
  void aBugInTheLoopMakesItBeginAgain() throws InterruptedException {
    bus.failures.set(3);
    publish(0, 10);

    loop.start();

    until(() -> bus.committed().offset(0) == 10);
    assertThat(store.durable).containsExactlyInAnyOrderElementsOf(offsets(0, 10));
    until(() -> loop.state() == SubscriberLoop.State.RUNNING);
  }

  @Test
  void aReplayedLetterHasItsEffectOnceAndIsGone() throws InterruptedException {
    store.poison.add(7L);
    publish(0, 20);
    loop.start();
    until(() -> bus.committed().offset(0) == 20);
    long id = deadLetters.letters.getFirst().id();

    assertThat(office.replay(id)).isEqualTo(Replayed.failed(1, "IllegalStateException: poison 7"));
    assertThat(deadLetters.letters.getFirst().failure().attempts()).isEqualTo(6);

    store.poison.clear();
    assertThat(office.replay(id)).isEqualTo(Replayed.done(1));
    assertThat(store.durable).contains(7L);
    assertThat(store.effects).hasEntrySatisfying(7L, n -> assertThat(n).hasValue(1));
    assertThat(deadLetters.letters).isEmpty();
    assertThat(office.replay(id)).isNull();
  }

  @Test
  void allLettersOfAGroupAreReplayed() throws InterruptedException {
    LongStream.range(0, 250).forEach(store.poison::add);
    publish(0, 300);
    loop.start();
    until(() -> bus.committed().offset(0) == 300);
    assertThat(office.replayAll("test").failed()).isEqualTo(100);

    store.poison.clear();
    assertThat(office.replayAll("test")).isEqualTo(Replayed.done(250));
    assertThat(store.durable).containsExactlyInAnyOrderElementsOf(offsets(0, 300));
    assertThat(office.replayAll("test")).isEqualTo(Replayed.NOTHING);
  }

  @Test
  void aReplayWhileTheStoreIsDownKeepsTheLetter() throws InterruptedException {
    store.poison.add(1L);
    publish(0, 3);
    loop.start();
    until(() -> bus.committed().offset(0) == 3);
    store.poison.clear();
    store.down = true;

    assertThat(office.replayAll("test").done()).isZero();

    assertThat(deadLetters.letters).hasSize(1);
  }

  @Test
  void aLoopThatWasClosedCannotBeHeld() {
    loop.start();
    loop.close();

    assertThatThrownBy(loop::hold).isInstanceOf(IllegalStateException.class);
  }

  /** Loses what was not flushed when a flush fails, as Lucene does; fails when told to. */
  private static final class ForgetfulStore implements Subscriber {
    private final Set<Long> durable = new ConcurrentSkipListSet<>();
    private final Set<Long> pending = new ConcurrentSkipListSet<>();
    private final Set<Long> poison = ConcurrentHashMap.newKeySet();
    private final Map<Long, AtomicInteger> triesAlone = new ConcurrentHashMap<>();
    private final Map<Long, AtomicInteger> effects = new ConcurrentHashMap<>();
    private final AtomicInteger loseAtFlush = new AtomicInteger();
    private final AtomicInteger recoveries = new AtomicInteger();
    private volatile boolean down;
    private volatile Positions committed = Positions.START;
    private Positions applied = Positions.START;
    private boolean lost;

    @Override
    public String group() {
      return "test";
    }

    @Override
    public Positions committed() {
      return committed;
    }

    void rebuiltAt(long offset) {
      durable.clear();
      pending.clear();
      committed = new Positions(Map.of(0, offset));
      applied = committed;
    }

    private void work() {
      if (down || lost) {
        throw new BackendException.Unavailable("test", "write", "down", null);
      }
    }

    @Override
    public void apply(List<Delivery> batch) {
      work();
      for (Delivery delivery : batch) {
        long offset = delivery.offset();
        if (poison.contains(offset)) {
          if (batch.size() == 1) {
            triesAlone.computeIfAbsent(offset, o -> new AtomicInteger()).incrementAndGet();
          }
          throw new IllegalStateException("poison " + offset);
        }
        if (pending.add(offset) && !durable.contains(offset)) {
          effects.computeIfAbsent(offset, o -> new AtomicInteger()).incrementAndGet();
        }
      }
      applied = applied.after(batch);
    }

    @Override
    public void skip(Delivery delivery) {
      applied = applied.after(List.of(delivery));
    }

    @Override
    public Positions flush() {
      work();
      if (!pending.isEmpty() && loseAtFlush.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        lost = true;
        throw new BackendException.Unavailable("test", "flush", "disk full", null);
      }
      durable.addAll(pending);
      pending.clear();
      committed = applied;
      return committed;
    }

    @Override
    public @Nullable Positions recover() {
      if (!lost) {
        return null;
      }
      lost = false;
      recoveries.incrementAndGet();
      pending.clear();
      applied = committed;
      return committed;
    }
  }
}
