package io.levee.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.bus.BusConsumer;
import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.EventBus;
import io.levee.engine.bus.GroupLag;
import io.levee.engine.bus.Positions;
import io.levee.engine.run.Health;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every bus promises. */
public abstract class EventBusContract {
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final Duration NO_WAIT = Duration.ofMillis(20);

  private final EventGenerator generator =
      new EventGenerator(11, new ProjectId(1), Instant.parse("2026-11-21T10:00:00Z"));
  private EventBus bus;

  /**
   * A bus that is not started, on the store of this test; called again after a close, it finds what
   * was published.
   */
  protected abstract EventBus open();

  @BeforeEach
  final void start() {
    bus = open();
    bus.start();
  }

  @AfterEach
  final void stop() {
    bus.close();
  }

  private void reopen() {
    bus.close();
    bus = open();
    bus.start();
  }

  private static List<Delivery> drain(BusConsumer consumer, int expected)
      throws InterruptedException {
    List<Delivery> all = new ArrayList<>();
    long deadline = System.nanoTime() + WAIT.toNanos();
    while (all.size() < expected && System.nanoTime() < deadline) {
      all.addAll(consumer.poll(100, 1 << 20, Duration.ofMillis(100)));
    }
    all.addAll(consumer.poll(100, 1 << 20, NO_WAIT));
    return all;
  }

  private static List<EventId> ids(List<Delivery> deliveries) {
    return deliveries.stream().map(delivery -> delivery.record().header().id()).toList();
  }

  private static List<EventId> idsOf(List<EventRecord> records) {
    return records.stream().map(record -> record.header().id()).toList();
  }

  @Test
  final void everyGroupReceivesEveryRecordInOrder() throws InterruptedException {
    List<EventRecord> records = generator.records(50);
    bus.publish(records.subList(0, 20));
    bus.publish(records.subList(20, 50));

    for (String group : List.of("one", "two")) {
      try (BusConsumer consumer = bus.subscribe(group, Positions.START)) {
        List<Delivery> received = drain(consumer, 50);

        assertThat(ids(received)).containsExactlyInAnyOrderElementsOf(idsOf(records));
        assertRisingOffsets(received);
      }
    }
  }

  private static void assertRisingOffsets(List<Delivery> deliveries) {
    Positions seen = Positions.START;
    for (Delivery delivery : deliveries) {
      assertThat(delivery.offset()).isGreaterThanOrEqualTo(seen.offset(delivery.partition()));
      seen = seen.after(delivery.partition(), delivery.offset());
    }
  }

  @Test
  final void aRecordArrivesAsItWasPublished() throws InterruptedException {
    List<EventRecord> records = generator.records(1);
    bus.publish(records);

    try (BusConsumer consumer = bus.subscribe("one", Positions.START)) {
      EventRecord received = drain(consumer, 1).getFirst().record();

      assertThat(received.header())
          .isEqualTo(EventRecord.decode(records.getFirst().encode()).header());
      assertThat(received.body()).isEqualTo(records.getFirst().body());
    }
  }

  @Test
  final void whatWasNotCommittedComesAgainAfterAReopen() throws InterruptedException {
    bus.publish(generator.records(10));
    Positions half;
    try (BusConsumer consumer = bus.subscribe("one", Positions.START)) {
      List<Delivery> received = drain(consumer, 10);
      half = Positions.START.after(received.subList(0, 5));
      consumer.commit(half);
    }

    reopen();

    try (BusConsumer consumer = bus.subscribe("one", half)) {
      assertThat(drain(consumer, 5)).hasSize(5);
    }
  }

  @Test
  final void anotherGroupsCommitTakesNothingAway() throws InterruptedException {
    bus.publish(generator.records(10));
    try (BusConsumer slow = bus.subscribe("slow", Positions.START);
        BusConsumer fast = bus.subscribe("fast", Positions.START)) {
      fast.commit(Positions.START.after(drain(fast, 10)));

      assertThat(drain(slow, 10)).hasSize(10);
    }
  }

  @Test
  final void seekGoesBack() throws InterruptedException {
    bus.publish(generator.records(6));
    try (BusConsumer consumer = bus.subscribe("one", Positions.START)) {
      List<Delivery> first = drain(consumer, 6);

      consumer.seek(Positions.START.after(first.subList(0, 2)));

      assertThat(ids(drain(consumer, 4))).isEqualTo(ids(first.subList(2, 6)));
    }
  }

  @Test
  final void aBatchKeepsItsLimitsButIsNeverEmptyForSize() throws InterruptedException {
    bus.publish(generator.records(10));
    try (BusConsumer consumer = bus.subscribe("one", Positions.START)) {
      assertThat(consumer.poll(3, 1 << 20, WAIT)).hasSize(3);
      assertThat(consumer.poll(100, 1, WAIT)).hasSize(1);
    }
  }

  @Test
  final void pollWithoutRecordsReturnsEmpty() throws InterruptedException {
    try (BusConsumer consumer = bus.subscribe("one", Positions.START)) {
      assertThat(consumer.poll(10, 1 << 20, NO_WAIT)).isEmpty();
    }
  }

  @Test
  final void lagCountsWhatIsNotCommitted() throws InterruptedException {
    try (BusConsumer consumer = bus.subscribe("one", Positions.START)) {
      bus.publish(generator.records(8));
      List<Delivery> received = drain(consumer, 8);
      assertThat(lagOf("one").records()).isEqualTo(8);
      assertThat(lagOf("one").oldest()).isNotNull();

      consumer.commit(Positions.START.after(received));

      assertThat(lagOf("one").records()).isZero();
      assertThat(lagOf("one").oldest()).isNull();
    }
  }

  private GroupLag lagOf(String group) {
    return bus.lag().stream().filter(lag -> lag.group().equals(group)).findFirst().orElseThrow();
  }

  @Test
  final void endIsBehindEverythingThatWasPublished() throws InterruptedException {
    bus.publish(generator.records(7));
    Positions end = bus.end();

    try (BusConsumer consumer = bus.subscribe("one", Positions.START)) {
      assertThat(Positions.START.after(drain(consumer, 7))).isEqualTo(end);
    }
  }

  @Test
  final void manyPublishersLoseNothing() throws InterruptedException {
    int publishers = 16;
    int each = 50;
    Set<EventId> published = new HashSet<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < publishers; i++) {
      List<EventRecord> records = generator.records(each);
      published.addAll(idsOf(records));
      threads.add(
          Thread.ofVirtual().start(() -> records.forEach(record -> bus.publish(List.of(record)))));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    try (BusConsumer consumer = bus.subscribe("one", Positions.START)) {
      assertThat(ids(drain(consumer, publishers * each)))
          .hasSize(publishers * each)
          .containsAll(published);
    }
  }

  @Test
  final void barrierReturnsAndHealthIsGood() {
    bus.publish(generator.records(1));
    bus.barrier();

    assertThat(bus.check()).isEqualTo(Health.ok());
  }

  @Test
  final void aForgottenGroupIsGone() {
    bus.subscribe("gone", Positions.START).close();
    bus.forget("gone");

    assertThat(bus.lag()).noneMatch(lag -> lag.group().equals("gone"));
  }

  @Test
  final void afterCloseNothingIsTaken() {
    bus.close();

    assertThatThrownBy(() -> bus.publish(generator.records(1)))
        .isInstanceOf(IllegalStateException.class);
  }
}
