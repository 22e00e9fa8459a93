package io.levee.engine.sampling;

import io.levee.event.Event;
import io.levee.event.EventBuilder;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.Fingerprint;
import io.levee.event.Json;
import io.levee.event.ProjectId;
import io.levee.event.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** A door with burst sampling, a clock that is moved by hand, and events for it. */
final class Flood {
  static final ProjectId SHOP = new ProjectId(1);
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  static final int THRESHOLD = 10;

  final ListBus bus = new ListBus();
  final AtomicLong nanos = new AtomicLong();
  final Sampling sampling;
  private long ids;

  Flood() {
    this(SamplingLimits.DEFAULT);
  }

  Flood(SamplingLimits limits) {
    this.sampling =
        new Sampling(bus, (project, now) -> THRESHOLD, limits, nanos::get, () -> 1_000L);
  }

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** An error of a fingerprint. */
  Event event(int fingerprint, UnaryOperator<EventBuilder> change) {
    return change
        .apply(
            Event.builder(new EventId(0, ++ids), SHOP)
                .title("Boom")
                .time(NOON)
                .received(NOON)
                .fingerprint(new Fingerprint(1, 1, fingerprint)))
        .build();
  }

  static User user(int number) {
    return new User("user-" + number, null, null, null, Json.Obj.EMPTY);
  }

  /** Sends it in a request of its own. */
  EventRecord send(Event event) {
    try (Sampling.Round round = sampling.begin()) {
      EventRecord record = round.record(event, "a1b2c3d4");
      bus.publish(List.of(record));
      round.durable();
      return record;
    }
  }

  /** Sends so many of one fingerprint. */
  void send(int events) {
    for (int i = 0; i < events; i++) {
      send(event(1, e -> e));
    }
  }

  List<EventRecord> kept() {
    return bus.records().stream().filter(record -> !record.header().sampledOut()).toList();
  }

  long dropped() {
    return bus.records().stream().filter(record -> record.header().sampledOut()).count();
  }

  /** What the stores would count. */
  long weight() {
    return kept().stream().mapToLong(record -> record.header().weight()).sum();
  }

  /** What they would count if everything stopped now and came up again. */
  long weightAfterCrash() {
    return weightAfterCrash(bus.records().size());
  }

  /** The same, if only the first records had become durable. */
  long weightAfterCrash(int durable) {
    PendingDrops pending = new PendingDrops(new ListBus.HeapPositions());
    pending.apply(bus.deliveries(0, durable));
    long left = pending.handOver().stream().mapToLong(DroppedRun::weight).sum();
    return left
        + bus.records().subList(0, durable).stream()
            .filter(record -> !record.header().sampledOut())
            .mapToLong(record -> record.header().weight())
            .sum();
  }

  /** How many different events are among the first records. */
  long sent(int durable) {
    return bus.records().subList(0, durable).stream()
        .filter(record -> !record.header().promoted())
        .count();
  }
}
