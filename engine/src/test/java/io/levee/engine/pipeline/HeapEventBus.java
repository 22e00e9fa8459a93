package io.levee.engine.pipeline;

import io.levee.engine.bus.BusConsumer;
import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.EventBus;
import io.levee.engine.bus.GroupLag;
import io.levee.engine.bus.Positions;
import io.levee.engine.run.Health;
import io.levee.event.EventRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A bus for tests: one partition in memory, no waiting; remembers what was committed. */
final class HeapEventBus implements EventBus {
  private final List<EventRecord> records = new ArrayList<>();
  private Positions committed = Positions.START;

  /** How many polls fail as if there were a bug. */
  final AtomicInteger failures = new AtomicInteger();

  @Override
  public void start() {}

  @Override
  public synchronized void publish(List<EventRecord> more) {
    records.addAll(more);
    notifyAll();
  }

  @Override
  public void barrier() {}

  synchronized Positions committed() {
    return committed;
  }

  @Override
  public BusConsumer subscribe(String group, Positions from) {
    return new HeapConsumer(from);
  }

  @Override
  public void forget(String group) {}

  @Override
  public synchronized Positions end() {
    return new Positions(Map.of(0, (long) records.size()));
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

  private final class HeapConsumer implements BusConsumer {
    private long next;

    HeapConsumer(Positions from) {
      this.next = from.offset(0);
    }

    @Override
    public List<Delivery> poll(int recordsMax, long bytesMax, Duration wait)
        throws InterruptedException {
      if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw new IllegalStateException("told to fail");
      }
      synchronized (HeapEventBus.this) {
        if (next >= records.size()) {
          HeapEventBus.this.wait(Math.max(1, wait.toMillis()));
        }
        List<Delivery> batch = new ArrayList<>();
        while (next < records.size() && batch.size() < recordsMax) {
          batch.add(new Delivery(0, next, records.get((int) next)));
          next++;
        }
        return batch;
      }
    }

    @Override
    public void commit(Positions positions) {
      synchronized (HeapEventBus.this) {
        committed = positions;
      }
    }

    @Override
    public void seek(Positions positions) {
      next = positions.offset(0);
    }

    @Override
    public void close() {}
  }
}
