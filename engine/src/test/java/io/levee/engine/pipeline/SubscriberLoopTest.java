package io.levee.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SubscriberLoopTest {
  private static final LoopConfig QUICK =
      new LoopConfig(
          10,
          1 << 20,
          Duration.ZERO,
          Duration.ofMillis(5),
          1 << 20,
          5,
          Duration.ofMillis(1),
          Duration.ofMillis(4),
          Duration.ofMillis(500));

  private final HeapEventBus bus = new HeapEventBus();
  private final RecordingSubscriber subscriber = new RecordingSubscriber();
  private final HeapDeadLetters deadLetters = new HeapDeadLetters();
  private final SubscriberLoop loop =
      new SubscriberLoop(
          subscriber, bus, deadLetters, QUICK, Clock.systemUTC(), Thread.ofPlatform().factory());

  @AfterEach
  void close() {
    loop.close();
  }

  private static List<EventRecord> records(int from, int to) {
    List<EventRecord> records = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Event event =
          Event.builder(new EventId(0, i), new ProjectId(1))
              .title("event " + i)
              .time(Instant.EPOCH)
              .received(Instant.EPOCH)
              .fingerprint(new Fingerprint(1, 0, 0))
              .build();
      records.add(EventRecord.of(event));
    }
    return records;
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
      Thread.sleep(1);
    }
  }

  @Test
  void appliesInOrderAndCommitsAfterTheFlush() throws InterruptedException {
    bus.publish(records(0, 25));

    loop.start();

    until(() -> bus.committed().offset(0) == 25);
    assertThat(subscriber.applied).containsExactlyElementsOf(offsets(0, 25));
    assertThat(subscriber.flushes.get()).isPositive();
  }

  @Test
  void continuesWhereTheEffectsEnd() throws InterruptedException {
    bus.publish(records(0, 10));
    subscriber.durable = new Positions(Map.of(0, 4L));

    loop.start();

    until(() -> subscriber.applied.size() == 6);
    assertThat(subscriber.applied).containsExactlyElementsOf(offsets(4, 10));
  }

  @Test
  void aStoreInTroubleIsWaitedForWithoutLoss() throws InterruptedException {
    subscriber.failures.set(7);
    bus.publish(records(0, 5));

    loop.start();

    until(() -> subscriber.applied.size() == 5);
    assertThat(subscriber.applied).containsExactlyElementsOf(offsets(0, 5));
    assertThat(deadLetters.offsets()).isEmpty();
    until(() -> loop.state() == SubscriberLoop.State.RUNNING && loop.lastError() == null);
  }

  @Test
  void aPoisonedEventIsSetAsideAndTheRestFlowsOn() throws InterruptedException {
    subscriber.poison.add(7L);
    bus.publish(records(0, 20));

    loop.start();

    until(() -> bus.committed().offset(0) == 20);
    List<Long> expected = offsets(0, 20);
    expected.remove(7L);
    assertThat(subscriber.applied).containsExactlyElementsOf(expected);
    assertThat(deadLetters.offsets()).containsExactly(7L);
    assertThat(subscriber.triesOfPoison.get()).isGreaterThanOrEqualTo(QUICK.attemptsMax());
  }

  @Test
  void pausesExactlyAtThePlaceAndGoesOn() throws InterruptedException {
    bus.publish(records(0, 30));
    loop.start();

    loop.pauseAt(new Positions(Map.of(0, 13L)));

    // It may have been past the place already; what it must not do is stand before it, or move on.
    int standing = subscriber.applied.size();
    assertThat(standing).isGreaterThanOrEqualTo(13);
    bus.publish(records(30, 40));
    assertThat(subscriber.applied).hasSize(standing);
    assertThat(subscriber.committed().offset(0)).isEqualTo(standing);

    loop.resume();
    until(() -> subscriber.applied.size() == 40);
    assertThat(subscriber.applied).containsExactlyElementsOf(offsets(0, 40));
  }

  @Test
  void doesNotPassAPlaceThatLiesAhead() throws InterruptedException {
    loop.start();
    Thread pausing = Thread.ofVirtual().start(this::pauseAtFive);
    until(() -> pausing.getState() == Thread.State.TIMED_WAITING);
    bus.publish(records(0, 8));
    pausing.join();

    assertThat(subscriber.applied).containsExactlyElementsOf(offsets(0, 5));

    loop.resume();
    until(() -> subscriber.applied.size() == 8);
    assertThat(subscriber.applied).containsExactlyElementsOf(offsets(0, 8));
  }

  private void pauseAtFive() {
    try {
      loop.pauseAt(new Positions(Map.of(0, 5L)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void resumesFromWhereARebuildPutIt() throws InterruptedException {
    bus.publish(records(0, 10));
    loop.start();
    until(() -> subscriber.applied.size() == 10);
    loop.pauseAt(bus.end());
    subscriber.applied.clear();
    subscriber.durable = new Positions(Map.of(0, 3L));

    loop.resume();

    until(() -> subscriber.applied.size() == 7);
    assertThat(subscriber.applied).containsExactlyElementsOf(offsets(3, 10));
  }

  @Test
  void closeFlushesWhatWasApplied() throws InterruptedException {
    bus.publish(records(0, 3));
    loop.start();
    until(() -> subscriber.applied.size() == 3);

    loop.close();

    assertThat(bus.committed().offset(0)).isEqualTo(3);
    assertThat(loop.state()).isEqualTo(SubscriberLoop.State.STOPPED);
  }

  private static List<Long> offsets(int from, int to) {
    List<Long> offsets = new ArrayList<>();
    for (long i = from; i < to; i++) {
      offsets.add(i);
    }
    return offsets;
  }

  /** Remembers what it was given; fails when told to. */
  private static final class RecordingSubscriber implements Subscriber {
    private final List<Long> applied = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger flushes = new AtomicInteger();
    private final AtomicInteger triesOfPoison = new AtomicInteger();
    private final Set<Long> poison = new HashSet<>();
    private volatile Positions durable = Positions.START;
    private Positions behind = Positions.START;

    @Override
    public String group() {
      return "test";
    }

    @Override
    public Positions committed() {
      behind = durable;
      return durable;
    }

    @Override
    public void apply(List<Delivery> batch) {
      if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw new BackendException.Unavailable("test", "apply", "told to fail", null);
      }
      for (Delivery delivery : batch) {
        if (poison.contains(delivery.offset())) {
          triesOfPoison.incrementAndGet();
          throw new IllegalStateException("poison");
        }
      }
      batch.forEach(delivery -> applied.add(delivery.offset()));
      behind = behind.after(batch);
    }

    @Override
    public Positions flush() {
      flushes.incrementAndGet();
      durable = behind;
      return durable;
    }
  }
}
