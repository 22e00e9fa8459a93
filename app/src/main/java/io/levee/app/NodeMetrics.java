package io.levee.app;

import io.levee.edge.door.DoorLoad;
import io.levee.edge.door.FrontDoor;
import io.levee.edge.net.Endpoint;
import io.levee.edge.net.HttpServer;
import io.levee.edge.net.MemoryLedger;
import io.levee.engine.accept.DiskFloor;
import io.levee.engine.bus.DeadLetters;
import io.levee.engine.bus.GroupLag;
import io.levee.engine.measure.Ledger;
import io.levee.engine.measure.Outcome;
import io.levee.engine.pipeline.HeadRoom;
import io.levee.engine.pipeline.PipelineStatus;
import io.levee.engine.pipeline.SubscriberLoop;
import io.levee.engine.sampling.Sampling;
import io.levee.engine.tail.LiveTail;
import io.levee.local.bus.SpoolEventBus;
import io.levee.local.index.LuceneEventIndex;
import io.levee.local.measure.MappedCounters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What {@code /metrics} tells. Names begin with {@code levee_}; units stand in the names. */
final class NodeMetrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  NodeMetrics(
      Ledger ledger,
      SpoolEventBus bus,
      Loops loops,
      DeadLetters deadLetters,
      MemoryLedger bodies,
      NodeStatus status) {
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    for (Outcome outcome : Outcome.values()) {
      FunctionCounter.builder("levee.events", ledger, all -> all.total(outcome))
          .description("What became of what was sent, since the start.")
          .tag("outcome", outcome.wireName())
          .register(registry);
    }
    for (SubscriberLoop loop : loops.all()) {
      subscriber(loop, bus, deadLetters);
    }
    gauge(
        "levee.bodies.reserved.bytes",
        "Memory that request bodies take now.",
        bodies,
        MemoryLedger::reserved);
    FunctionCounter.builder("levee.bodies.refused", bodies, MemoryLedger::refusals)
        .description("Bodies that found no memory.")
        .register(registry);
    gauge(
        "levee.bodies.limit.bytes",
        "Memory that request bodies may take.",
        bodies,
        MemoryLedger::bytesMax);
    gauge("levee.bus.bytes", "The bus on disk.", bus, of -> of.stats().diskBytes());
    gauge(
        "levee.bus.queued.bytes",
        "Bytes that wait for the disk.",
        bus,
        of -> of.stats().queuedBytes());
    counter(
        "levee.bus.refused",
        "Batches turned away because queue or disk were full.",
        bus,
        of -> of.stats().refused());
    gauge(
        "levee.bus.quarantined",
        "Damaged stretches of the bus set aside since the start.",
        bus,
        of -> of.stats().quarantined());
    gauge(
        "levee.disk.free.bytes",
        "Room on the data folder's disk.",
        status,
        of -> disk(of).freeBytes());
    gauge("levee.index.bytes", "The index on disk.", status, of -> disk(of).indexBytes());
    gauge("levee.archive.bytes", "The archive on disk.", status, of -> disk(of).archiveBytes());
  }

  /** Adds what the index holds of counts, and what they were good for. */
  void rollups(LuceneEventIndex index) {
    gauge(
        "levee.index.rollup.bytes",
        "Memory of counts that are held of the index's segments.",
        index,
        of -> of.rollups().bytes());
    counter(
        "levee.index.rollup.counted",
        "Segments that were counted to be held.",
        index,
        of -> of.rollups().counted());
    counter(
        "levee.index.rollup.served",
        "Times that a segment's counts were there.",
        index,
        of -> of.rollups().served());
  }

  /** Adds what burst sampling holds, and how often it met its limit. */
  void sampling(Sampling sampling) {
    gauge(
        "levee.sampling.fingerprints",
        "Fingerprints that are watched for bursts.",
        sampling,
        Sampling::bursts);
    gauge(
        "levee.sampling.held.bytes",
        "Memory of events that wait to stand for others.",
        sampling,
        Sampling::heldBytes);
    FunctionCounter.builder("levee.sampling.pushed.out", sampling, Sampling::pushedOut)
        .description("Fingerprints that had to make room for others.")
        .register(registry);
  }

  /** What is bounded, and how often the bound was met. */
  void bounds(DiskFloor floor, HttpServer http, LiveTail tail) {
    gauge(
        "levee.disk.floor.bytes",
        "Free bytes at which the door closes.",
        floor,
        f -> f.floorBytes());
    counter(
        "levee.disk.floor.refused",
        "Requests turned away because the disk is nearly full.",
        floor,
        DiskFloor::refusals);
    gauge("levee.http.connections", "Open connections.", http, HttpServer::connections);
    gauge(
        "levee.http.connections.limit",
        "Connections that may be open; more wait to be accepted.",
        http,
        HttpServer::connectionsMax);
    counter(
        "levee.http.slow.headers",
        "Connections closed because their headers did not end in time.",
        http,
        HttpServer::slowHeaders);
    counter("levee.tail.missed", "Events that slow watchers did not get.", tail, LiveTail::missed);
  }

  /** How much more the node can take; NaN is not known. */
  void headRoom(Supplier<HeadRoom.Estimate> estimate) {
    gauge(
        "levee.headroom.events",
        "Events a second that this node could take besides those that come now.",
        estimate,
        of -> more(of.get()));
    gauge(
        "levee.queue.waiting",
        "Events that the slowest subscriber has not dealt with.",
        estimate,
        of -> of.get().waiting());
    gauge(
        "levee.queue.age.seconds",
        "How long the oldest of these has waited.",
        estimate,
        of -> of.get().oldest().toSeconds());
    gauge(
        "levee.queue.drain.seconds",
        "How long until nothing waits, as it goes now; infinite when it grows.",
        estimate,
        of -> drain(of.get().drain()));
    gauge(
        "levee.disk.floor.seconds",
        "How long until the disk's floor is reached, as it goes now; infinite when it doesn't"
            + " fill.",
        estimate,
        of -> untilFloor(of.get().disk()));
  }

  private static double more(HeadRoom.Estimate estimate) {
    HeadRoom.More more = estimate.more();
    return more == null ? Double.NaN : more.eventsPerSecond();
  }

  private static double drain(HeadRoom.Drain drain) {
    return switch (drain) {
      case HeadRoom.Drain.Unknown ignored -> Double.NaN;
      case HeadRoom.Drain.Never ignored -> Double.POSITIVE_INFINITY;
      case HeadRoom.Drain.In(Duration time) -> time.toSeconds();
    };
  }

  private static double untilFloor(HeadRoom.Disk disk) {
    return switch (disk) {
      case HeadRoom.Disk.Unknown ignored -> Double.NaN;
      case HeadRoom.Disk.NotFilling ignored -> Double.POSITIVE_INFINITY;
      case HeadRoom.Disk.AtFloor ignored -> 0;
      case HeadRoom.Disk.FullIn(Duration time) -> time.toSeconds();
    };
  }

  /** What is kept back, and what was let fall. */
  void kept(MappedCounters counters, SetAside setAside) {
    counter(
        "levee.ledger.coarsened",
        "Counts that lost their reason, or their project, because the file of counts was full.",
        counters,
        MappedCounters::coarsened);
    gauge(
        "levee.setaside.files",
        "Damaged files of bus and index that are kept to be looked at.",
        setAside,
        of -> of.kept().files());
    gauge("levee.setaside.bytes", "Their bytes.", setAside, of -> of.kept().bytes());
  }

  /** What the door turns away before it has a thread. */
  void door(FrontDoor door, DoorLoad load) {
    counter(
        "levee.door.throttled",
        "Calls of senders over their budget, turned away before anything of theirs was read.",
        door,
        FrontDoor::throttled);
    gauge("levee.door.waiting", "Calls that wait for a processor.", load, DoorLoad::waiting);
    gauge(
        "levee.door.waiting.limit",
        "Past so many waiting, the door says 503.",
        load,
        DoorLoad::waitingMax);
    counter(
        "levee.door.overloaded",
        "Calls turned away because too many waited for a processor.",
        load,
        DoorLoad::refusals);
  }

  private <T> void counter(String name, String description, T of, ToDoubleFunction<T> value) {
    FunctionCounter.builder(name, of, value).description(description).register(registry);
  }

  private static PipelineStatus.Disk disk(NodeStatus status) {
    return status.status().disk();
  }

  private void subscriber(SubscriberLoop loop, SpoolEventBus bus, DeadLetters deadLetters) {
    String group = loop.group();
    Gauge.builder("levee.subscriber.lag.records", bus, of -> lag(of, group))
        .description("Events that a subscriber's store does not hold yet.")
        .tag("group", group)
        .register(registry);
    Gauge.builder("levee.subscriber.deadletters", deadLetters, of -> tally(of, group).letters())
        .description("Events that a subscriber had to set aside.")
        .tag("group", group)
        .register(registry);
    Gauge.builder("levee.subscriber.deadletters.bytes", deadLetters, of -> tally(of, group).bytes())
        .description("Bytes of the events that a subscriber had to set aside.")
        .tag("group", group)
        .register(registry);
    Gauge.builder("levee.subscriber.rate", loop, SubscriberLoop::ratePerSecond)
        .description("Events per second, lately.")
        .tag("group", group)
        .register(registry);
  }

  private static DeadLetters.Tally tally(DeadLetters letters, String group) {
    return letters.tallies().getOrDefault(group, DeadLetters.Tally.NOTHING);
  }

  private static double lag(SpoolEventBus bus, String group) {
    return bus.lag().stream()
        .filter(lag -> lag.group().equals(group))
        .mapToLong(GroupLag::records)
        .sum();
  }

  private <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
    Gauge.builder(name, of, value).description(description).register(registry);
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }

  /** The same endpoint, its calls counted and timed by door and status. */
  Endpoint timed(Endpoint endpoint) {
    return call -> {
      long startNanos = System.nanoTime();
      var reply = endpoint.handle(call);
      timer(door(call.path()), reply.status())
          .record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
      return reply;
    };
  }

  private Timer timer(String door, int status) {
    return timers.computeIfAbsent(
        door + status,
        ignored ->
            Timer.builder("levee.http.requests")
                .description("Calls by door and status.")
                .tag("door", door)
                .tag("status", Integer.toString(status))
                .publishPercentileHistogram(false)
                .register(registry));
  }

  /** A few fixed words, so that no caller can make up new time series. */
  private static String door(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    if (lower.startsWith("/api/v1/")) {
      return "api";
    }
    if (lower.startsWith("/api/")) {
      return "sentry";
    }
    if (lower.startsWith("/v3/")) {
      return "elmah";
    }
    boolean node = lower.equals("/health") || lower.equals("/ready") || lower.equals("/metrics");
    return node ? "node" : "console";
  }
}
