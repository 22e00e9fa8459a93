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

  /** … and how many bytes of them. */
  public static final long WAITING_BYTES_MAX = 8L << 20;

  /** How often one who waits looks whether it is over. */
  private static final long LOOK_NANOS = 200_000_000L;

  private final Supplier<Positions> end;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private volatile Positions seen = Positions.START;
  private volatile boolean ended;
  private final AtomicLong allMissed = new AtomicLong();

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
      event = event == null ? read(delivery) : event;
      if (event == null) {
        return;
      }
      if (watcher.wanted.test(event)) {
        watcher.offer(new StoredEvent(delivery.record().body()));
      }
    }
  }

  /** What can't be read can't be shown, nor is it worth a dead letter here. */
  private @Nullable Event read(Delivery delivery) {
    try {
      return delivery.record().event();
    } catch (RuntimeException e) {
      watchers.forEach(watcher -> watcher.missed.incrementAndGet());
      return null;
    }
  }

  @Override
  public void skip(Delivery delivery) {
    seen = seen.after(List.of(delivery));
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

  /** Lets everybody go who is watching, for good. */
  public void end() {
    ended = true;
  }

  /** How many events all watchers together missed because they read too slowly. */
  public long missed() {
    return allMissed.get();
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
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();

    private Watcher(ProjectScope scope, Predicate<Event> wanted) {
      this.scope = scope;
      this.wanted = wanted;
    }

    private void offer(StoredEvent event) {
      long bytes = waitingBytes.addAndGet(event.json().length);
      if (bytes > WAITING_BYTES_MAX || !waiting.offer(event)) {
        waitingBytes.addAndGet(-event.json().length);
        missed.incrementAndGet();
        allMissed.incrementAndGet();
      }
    }

    /** The next event; null when none came in time, or when it is over. */
    public @Nullable StoredEvent next(Duration wait) throws InterruptedException {
      long end = System.nanoTime() + wait.toNanos();
      StoredEvent event = null;
      while (event == null && !ended && System.nanoTime() < end) {
        long step = Math.min(LOOK_NANOS, end - System.nanoTime());
        event = waiting.poll(step, TimeUnit.NANOSECONDS);
      }
      if (event != null) {
        waitingBytes.addAndGet(-event.json().length);
      }
      return event;
    }

    /** Whether there is nothing more to come, ever. */
    public boolean ended() {
      return ended;
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
