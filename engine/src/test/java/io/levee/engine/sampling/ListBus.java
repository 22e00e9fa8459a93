package io.levee.engine.sampling;

import io.levee.engine.bus.BusConsumer;
import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.EventBus;
import io.levee.engine.bus.GroupLag;
import io.levee.engine.bus.PositionStore;
import io.levee.engine.bus.Positions;
import io.levee.engine.run.BackendException;
import io.levee.engine.run.Health;
import io.levee.event.EventRecord;
import java.util.ArrayList;
import java.util.List;

/** A bus for tests that only collects what is published. Thread-safe. */
final class ListBus implements EventBus {
  private final List<EventRecord> records = new ArrayList<>();
  private boolean broken;

  synchronized void breakDown(boolean down) {
    broken = down;
  }

  synchronized List<EventRecord> records() {
    return List.copyOf(records);
  }

  /** What a group receives that reads from a position to before another. */
  synchronized List<Delivery> deliveries(int from, int to) {
    List<Delivery> deliveries = new ArrayList<>();
    for (int i = from; i < to; i++) {
      EventRecord decoded = EventRecord.decode(records.get(i).encode());
      deliveries.add(new Delivery(0, i, decoded));
    }
    return deliveries;
  }

  @Override
  public synchronized void publish(List<EventRecord> more) {
    if (broken) {
      throw new BackendException.Unavailable("list", "publish", "told to fail", null);
    }
    records.addAll(more);
  }

  @Override
  public void start() {}

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

  /** Positions in memory. */
  static final class HeapPositions implements PositionStore {
    private Positions positions = Positions.START;

    @Override
    public synchronized Positions read() {
      return positions;
    }

    @Override
    public synchronized void write(Positions next) {
      positions = next;
    }
  }
}
