package io.levee.local.measure;

import io.levee.engine.accept.Admission;
import io.levee.engine.accept.Budget;
import io.levee.engine.accept.Intake;
import io.levee.engine.accept.Limit;
import io.levee.engine.accept.Limits;
import io.levee.engine.accept.RecentIds;
import io.levee.engine.bus.BusConsumer;
import io.levee.engine.bus.EventBus;
import io.levee.engine.bus.GroupLag;
import io.levee.engine.bus.Positions;
import io.levee.engine.measure.Ledger;
import io.levee.engine.registry.Sender;
import io.levee.engine.run.Health;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.ProjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * What it costs to decide that a project is over its budget and to count that, without HTTP. Run by
 * hand: {@code main} prints nanoseconds each, single-threaded.
 */
final class ThrottleThroughput {
  private static final int EACH = 2_000_000;

  private ThrottleThroughput() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("throttle-throughput");
    RecordingLedger store = new RecordingLedger();
    try (MappedCounters counters =
        new MappedCounters(folder.resolve("counters"), MappedCounters.SLOTS_DEFAULT)) {
      counters.start(store);
      Ledger ledger = new Ledger(Clock.systemUTC(), store, counters);
      Budget budget = Budget.of(Limits.NONE.with(Limit.EVENTS_PER_MINUTE, 1L));
      Intake intake = new Intake(budget, List.of(), new NoIds(), new NoBus(), ledger);
      Sender sender = new Sender(new ProjectId(1), "a1b2c3d4");
      for (int round = 0; round < 5; round++) {
        long turned = 0;
        long startNanos = System.nanoTime();
        for (int i = 0; i < EACH; i++) {
          turned += intake.admit(sender) instanceof Admission.Turned ? 1 : 0;
        }
        double nanosEach = (double) (System.nanoTime() - startNanos) / EACH;
        System.out.printf("turned away and counted: %d, %.0f ns each%n", turned, nanosEach);
        ledger.flush();
      }
    }
  }

  private static final class NoIds implements RecentIds {
    @Override
    public boolean claim(ProjectId project, EventId id) {
      return true;
    }

    @Override
    public void release(ProjectId project, EventId id) {}
  }

  /** Nothing gets this far. */
  private static final class NoBus implements EventBus {
    @Override
    public void start() {}

    @Override
    public void publish(List<EventRecord> records) {}

    @Override
    public void barrier() {}

    @Override
    public BusConsumer subscribe(String group, Positions from) {
      throw new UnsupportedOperationException("nobody reads here");
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
}
