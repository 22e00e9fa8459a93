package io.levee.edge.fake;

import io.levee.engine.bus.BusConsumer;
import io.levee.engine.bus.EventBus;
import io.levee.engine.bus.GroupLag;
import io.levee.engine.bus.Positions;
import io.levee.engine.run.BackendException;
import io.levee.engine.run.Health;
import io.levee.event.Event;
import io.levee.event.EventRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers what was published, or fails as told. Used by one thread. */
public final class FakeBus implements EventBus {
  private final List<EventRecord> published = new ArrayList<>();
  private @Nullable BackendException failure;

  /** From now on publishing fails so; null: it works again. */
  public void failWith(@Nullable BackendException next) {
    this.failure = next;
  }

  /** What was published, in order. */
  public List<Event> events() {
    return published.stream().map(EventRecord::event).toList();
  }

  @Override
  public void publish(List<EventRecord> records) {
    if (failure != null) {
      throw failure;
    }
    published.addAll(records);
  }

  @Override
  public void start() {}

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
    throw new UnsupportedOperationException("nobody reads here");
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
