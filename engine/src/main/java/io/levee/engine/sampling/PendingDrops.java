package io.levee.engine.sampling;

import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.PositionStore;
import io.levee.engine.bus.Positions;
import io.levee.engine.bus.Subscriber;
import io.levee.event.EventHeader;
import io.levee.event.SamplePlace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows the bus and knows which dropped events stand in no kept event's weight yet. Its positions
 * never pass the oldest of these: so the bus itself keeps what would be needed after a crash, and
 * reading on from there finds it again. Reading some of it twice finds the same.
 *
 * <p>{@link #handOver} ends the recovery: what is pending then is told once, and from then on the
 * door knows itself what is pending; only positions are followed. Thread-safe.
 */
public final class PendingDrops implements Subscriber {
  private static final String GROUP = "sampling";

  private final PositionStore store;

  // Guarded by this.
  private final Map<Long, WaitingRun> runs = new HashMap<>();
  private Positions applied = Positions.START;
  private Positions written = Positions.START;
  private boolean handedOver;

  public PendingDrops(PositionStore store) {
    this.store = store;
  }

  @Override
  public String group() {
    return GROUP;
  }

  @Override
  public synchronized Positions committed() {
    applied = store.read();
    written = applied;
    return applied;
  }

  @Override
  public synchronized void apply(List<Delivery> batch) {
    for (Delivery delivery : batch) {
      EventHeader header = delivery.record().header();
      SamplePlace place = header.place();
      if (place != null) {
        follow(delivery, header, place);
      }
    }
    applied = applied.after(batch);
  }

  private void follow(Delivery delivery, EventHeader header, SamplePlace place) {
    if (header.sampledOut()) {
      runs.computeIfAbsent(place.run(), ignored -> new WaitingRun(delivery.partition()))
          .add(place.number(), delivery.offset(), delivery.record(), !handedOver);
      return;
    }
    WaitingRun run = runs.get(place.run());
    if (run != null && run.cover(place.number())) {
      runs.remove(place.run());
    }
  }

  /** Up to the oldest that is pending. */
  @Override
  public Positions flush() {
    Positions safe;
    synchronized (this) {
      Map<Integer, Long> next = new HashMap<>(applied.next());
      runs.values().forEach(run -> next.merge(run.partition(), run.oldest(), Math::min));
      safe = new Positions(next);
      if (safe.equals(written)) {
        return safe;
      }
    }
    store.write(safe);
    synchronized (this) {
      written = safe;
    }
    return safe;
  }

  /**
   * What is pending now, told once; the door must be closed until then. To be called when the group
   * has caught up with the bus.
   */
  public synchronized List<DroppedRun> handOver() {
    handedOver = true;
    List<DroppedRun> pending = new ArrayList<>();
    runs.forEach((id, run) -> pending.add(run.toStore(id)));
    return pending;
  }
}
