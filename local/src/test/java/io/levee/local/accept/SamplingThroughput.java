package io.levee.local.accept;

import com.sun.management.OperatingSystemMXBean;
import io.levee.engine.accept.AcceptStep;
import io.levee.engine.accept.Budget;
import io.levee.engine.accept.ClampTimes;
import io.levee.engine.accept.Group;
import io.levee.engine.accept.Intake;
import io.levee.engine.accept.Limits;
import io.levee.engine.accept.RecentIds;
import io.levee.engine.accept.Scrub;
import io.levee.engine.accept.ScrubRules;
import io.levee.engine.accept.TrimFields;
import io.levee.engine.accept.TrimLimits;
import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.grouping.GroupingInForce;
import io.levee.engine.grouping.HeapGroupingStore;
import io.levee.engine.measure.Ledger;
import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.measure.LedgerStore;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.registry.Sender;
import io.levee.engine.sampling.Sampling;
import io.levee.engine.sampling.SamplingLimits;
import io.levee.engine.sampling.SamplingRules;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.Fingerprint;
import io.levee.event.ProjectId;
import io.levee.local.bus.SpoolEventBus;
import io.levee.spool.FileStorage;
import io.levee.spool.SpoolOptions;
import io.levee.testkit.EventGenerator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * What a flood of one fingerprint costs at the door, from the decoded event to the fsynced yes,
 * whole and sampled: CPU of the process and bytes on the bus. {@code main(events)}.
 */
final class SamplingThroughput {
  private static final ProjectId SHOP = new ProjectId(1);
  private static final int AT_ONCE = 64;

  private SamplingThroughput() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int events = Integer.parseInt(arguments[0]);
    List<AcceptStep> whole =
        List.of(
            new ClampTimes(Clock.systemUTC()),
            new TrimFields(TrimLimits.DEFAULT),
            new Scrub(ScrubRules.DEFAULT),
            new Group(new GroupingInForce(new HeapGroupingStore(), Clock.systemUTC())),
            SamplingThroughput::oneFingerprint);
    for (int round = 0; round < 3; round++) {
      measure("kept whole, all steps  ", events, whole, SamplingRules.NONE);
      measure("sampled out, all steps ", events, whole, (project, now) -> 100);
      List<AcceptStep> none = List.of(SamplingThroughput::oneFingerprint);
      measure("kept whole, no steps   ", events, none, SamplingRules.NONE);
      measure("sampled out, no steps  ", events, none, (project, now) -> 100);
    }
  }

  private static Event oneFingerprint(Event event) {
    return event.toBuilder().fingerprint(new Fingerprint(1, 1, 1)).build();
  }

  private static void measure(String name, int events, List<AcceptStep> steps, SamplingRules rules)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("sampling-throughput");
    SpoolEventBus bus = new SpoolEventBus(new FileStorage(folder), SpoolOptions.defaults());
    bus.start();
    Sampling sampling =
        new Sampling(bus, rules, SamplingLimits.DEFAULT, System::nanoTime, new Random(1));
    Intake intake =
        new Intake(
            Budget.of(Limits.NONE),
            steps,
            new AllFresh(),
            bus,
            new Ledger(Clock.systemUTC(), new NoLedger()),
            sampling);
    List<Event> some = new EventGenerator(1, SHOP, Instant.now()).next(1_000);
    Semaphore inFlight = new Semaphore(AT_ONCE);
    long cpu = cpuNanos();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < events; i++) {
        Event event = some.get(i % some.size());
        inFlight.acquire();
        threads.execute(() -> {
          intake.accept(Sender.unknownKey(SHOP), List.of(event));
          inFlight.release();
        });
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%s %,8.0f/s  %6.1f us CPU an event  %,6.0f bytes of bus an event%n",
        name,
        events / seconds,
        (cpuNanos() - cpu) / 1e3 / events,
        (double) bus.stats().bytes() / events);
    bus.close();
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Every id is new. */
  private static final class AllFresh implements RecentIds {
    @Override
    public boolean claim(ProjectId project, EventId id) {
      return true;
    }

    @Override
    public void release(ProjectId project, EventId id) {}
  }

  /** Counts nothing. */
  private static final class NoLedger implements LedgerStore {
    @Override
    public void add(List<LedgerEntry> entries) {}

    @Override
    public List<LedgerEntry> read(ProjectScope scope, TimeRange range) {
      return List.of();
    }

    @Override
    public boolean addOnce(long generation, List<LedgerEntry> entries) {
      return true;
    }

    @Override
    public long generation() {
      return 0;
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
