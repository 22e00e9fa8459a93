package io.levee.engine.tail;

import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.bus.Subscriber;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows events to whoever is watching at the moment they pass. Keeps nothing: it begins at the end
 * of the bus, and a watcher that reads too slowly misses events and is told how many. Thread-safe.
 */
public final class LiveTail implements Subscriber {
  /** How many events may wait for one watcher. */
  public static final int WAITING_MAX = 1_000;

  private final Supplier<Positions> end;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private volatile Positions seen = Positions.START;

  /**
   * @param end where the bus ends now
   */
  public LiveTail(Supplier<Positions> end) {
    this.end = end;
  }

  @Override
  public String group() {
    return "tail";
  }

  @Override
  public Positions committed() {
    seen = end.get();
    return seen;
  }

  @Override
  public void apply(List<Delivery> batch) {
    if (!watchers.isEmpty()) {
      batch.forEach(this::show);
    }
    seen = seen.after(batch);
  }

  private void show(Delivery delivery) {
    if (delivery.record().header().sampledOut()) {
      return;
    }
    Event event = null;
    for (Watcher watcher : watchers) {
      if (!watcher.scope.covers(delivery.record().header().project())) {
        continue;
      }
      event = event == null ? delivery.record().event() : event;
      if (watcher.wanted.test(event)) {
        watcher.offer(new StoredEvent(delivery.record().body()));
      }
    }
  }

  @Override
  public Positions flush() {
    return seen;
  }

  /** Begins to watch. Close the watcher when done. */
  public Watcher watch(ProjectScope scope, Predicate<Event> wanted) {
    Watcher watcher = new Watcher(scope, wanted);
    watchers.add(watcher);
    return watcher;
  }

  /** How many are watching. */
  public int watchers() {
    return watchers.size();
  }

  /** One who is watching. Used by one thread. */
  public final class Watcher implements AutoCloseable {
    private final ProjectScope scope;
    private final Predicate<Event> wanted;
    private final BlockingQueue<StoredEvent> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final AtomicLong missed = new AtomicLong();

    private Watcher(ProjectScope scope, Predicate<Event> wanted) {
      this.scope = scope;
      this.wanted = wanted;
    }

    private void offer(StoredEvent event) {
      if (!waiting.offer(event)) {
        missed.incrementAndGet();
      }
    }

    /** The next event; null when none came in time. */
    public @Nullable StoredEvent next(Duration wait) throws InterruptedException {
      return waiting.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How many were missed since the last time this was asked. */
    public long missed() {
      return missed.getAndSet(0);
    }

    /** Stops watching. Idempotent. */
    @Override
    public void close() {
      watchers.remove(this);
    }
  }
}
