package io.levee.engine.sampling;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.levee.engine.bus.EventBus;
import io.levee.engine.run.BackendException;
import io.levee.event.Event;
import io.levee.event.EventRecord;
import io.levee.event.Fingerprint;
import io.levee.event.Kind;
import io.levee.event.ProjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Burst sampling at the door. Past a threshold, of the errors of one fingerprint only some are kept
 * whole: those that bring a new release, environment, user or address, and one in a while. The
 * others become small records on the bus that say no more than that they were; the next kept one
 * alike stands for them, and when none comes, one of themselves is stored. So the weights of what
 * is stored add up to what came in, whatever crashes; {@link PendingDrops} tells after one what
 * still stood in no weight.
 *
 * <p>Other kinds are not sampled: of equal log lines each says something else. Thread-safe.
 */
public final class Sampling implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sampling.class);
  private static final int PROMOTED_AT_ONCE = 256;
  private static final long PROMOTED_BYTES_AT_ONCE = 4 << 20;

  private final EventBus bus;
  private final SamplingRules rules;
  private final SamplingLimits limits;
  private final LongSupplier nanoClock;
  private final AtomicLong runIds;
  private final AtomicLong heldBytes = new AtomicLong();
  private final Cache<Key, Burst> bursts;
  private final LongAdder pushedOut = new LongAdder();

  /** Evicted with something pending: watched until it is stored. */
  private final Queue<Burst> leaving = new ConcurrentLinkedQueue<>();

  /** What a crash left, until it is stored. Guarded by itself. */
  private final List<DroppedRun> left = new ArrayList<>();

  private record Key(ProjectId project, Fingerprint fingerprint) {}

  /**
   * @param bus where what is stored after all goes; started before the first call
   * @param nanoClock monotonic, as {@link System#nanoTime}
   * @param random makes the numbers of the runs of this process unlike those of all others
   */
  public Sampling(
      EventBus bus,
      SamplingRules rules,
      SamplingLimits limits,
      LongSupplier nanoClock,
      RandomGenerator random) {
    this.bus = bus;
    this.rules = rules;
    this.limits = limits;
    this.nanoClock = nanoClock;
    this.runIds = new AtomicLong(random.nextLong());
    this.bursts =
        Caffeine.newBuilder()
            .maximumSize(limits.burstsMax())
            .executor(Runnable::run)
            .evictionListener(this::evicted)
            .build();
  }

  /** Samples nothing. */
  public static Sampling none(EventBus bus) {
    return new Sampling(
        bus, SamplingRules.NONE, SamplingLimits.DEFAULT, System::nanoTime, () -> 0L);
  }

  private void evicted(@Nullable Key key, @Nullable Burst burst, RemovalCause cause) {
    pushedOut.increment();
    if (burst != null && burst.putAside()) {
      leaving.add(burst);
    }
  }

  /** Begins to decide about the events of one request. */
  public Round begin() {
    return new Round();
  }

  /**
   * The events of one request. To be closed, whatever happens: what was not said to be durable was
   * not dropped, and stands for nothing. Used by one thread.
   */
  public final class Round implements AutoCloseable {
    private record Open(Burst burst, Burst.Decision decision, EventRecord record) {}

    private final List<Open> open = new ArrayList<>(0);
    private int sampledOut;

    private Round() {}

    /**
     * The record to publish for an event that has its fingerprint.
     *
     * @param senderKey as in {@link EventRecord#of(Event, String)}
     */
    public EventRecord record(Event event, @Nullable String senderKey) {
      Fingerprint fingerprint = event.fingerprint();
      long now = nanoClock.getAsLong();
      int threshold =
          event.kind() == Kind.ERROR ? rules.threshold(event.project(), now) : SamplingRules.OFF;
      if (threshold == SamplingRules.OFF || fingerprint == null) {
        return EventRecord.of(event, senderKey);
      }
      Key key = new Key(event.project(), fingerprint);
      while (true) {
        Burst burst =
            bursts.get(key, ignored -> new Burst(limits, runIds::getAndIncrement, heldBytes, now));
        Burst.Decision decision = burst.decide(event, threshold, now);
        if (decision != null) {
          return record(event, senderKey, burst, decision);
        }
        bursts.asMap().remove(key, burst);
      }
    }

    private EventRecord record(
        Event event, @Nullable String senderKey, Burst burst, Burst.Decision decision) {
      boolean made = false;
      try {
        EventRecord record = Records.of(event, senderKey, decision);
        if (!(decision instanceof Burst.Plain)) {
          open.add(new Open(burst, decision, record));
        }
        sampledOut += decision instanceof Burst.Dropped ? 1 : 0;
        made = true;
        return record;
      } finally {
        if (!made) {
          settle(burst, decision, null, false);
        }
      }
    }

    /** How many so far are only counted. */
    public int sampledOut() {
      return sampledOut;
    }

    /** All of it is durable. */
    public void durable() {
      settleAll(true);
    }

    /** What was not durable by now never will be. Idempotent. */
    @Override
    public void close() {
      settleAll(false);
    }

    private void settleAll(boolean durable) {
      for (Open one : open) {
        settle(one.burst(), one.decision(), one.record(), durable);
      }
      open.clear();
    }
  }

  private void settle(
      Burst burst, Burst.Decision decision, @Nullable EventRecord record, boolean durable) {
    switch (decision) {
      case Burst.Plain ignored -> {}
      case Burst.Kept kept -> burst.settle(kept, durable);
      case Burst.Dropped dropped ->
          burst.settle(dropped, durable ? record : null, nanoClock.getAsLong());
    }
  }

  /**
   * Stores what a crash left; called once, before the first request. What can't be written now is
   * tried again by {@link #sweep}.
   */
  public void restore(List<DroppedRun> dropped) {
    synchronized (left) {
      left.addAll(dropped);
    }
    storeLeft();
  }

  /**
   * Stores what has waited long enough for a kept event to stand for it; to be called about every
   * second. Failures of the bus are logged; what failed is tried again the next time.
   */
  public void sweep() {
    sweep(limits.promoteAfter().toNanos());
  }

  /** Stores everything that is pending. Called when the door is closed. Idempotent. */
  @Override
  public void close() {
    sweep(Long.MIN_VALUE);
  }

  private void sweep(long afterNanos) {
    storeLeft();
    long now = nanoClock.getAsLong();
    List<Burst.Due> due = new ArrayList<>();
    for (Burst burst : bursts.asMap().values()) {
      due.addAll(burst.due(now, afterNanos));
      burst.roll(now);
    }
    for (Burst burst : leaving) {
      due.addAll(burst.due(now, Long.MIN_VALUE));
    }
    store(due);
    leaving.removeIf(burst -> !burst.isBusy());
  }

  private void store(List<Burst.Due> due) {
    int from = 0;
    try {
      while (from < due.size()) {
        int to = from;
        List<EventRecord> records = new ArrayList<>();
        for (long bytes = 0;
            to < due.size() && records.size() < PROMOTED_AT_ONCE && bytes < PROMOTED_BYTES_AT_ONCE;
            to++) {
          Burst.Due one = due.get(to);
          Run.Take take = one.take();
          records.add(Promotion.of(one.carrier(), one.run().id(), take.weight(), take.through()));
          bytes += records.getLast().body().length;
        }
        bus.publish(records);
        settle(due.subList(from, to), true);
        from = to;
      }
    } catch (BackendException e) {
      LOG.atWarn().setCause(e).log("sampled events can't be stored; it will be tried again");
    } finally {
      settle(due.subList(from, due.size()), false);
    }
  }

  private void settle(List<Burst.Due> due, boolean durable) {
    due.forEach(one -> one.burst().settle(one, durable));
  }

  private void storeLeft() {
    synchronized (left) {
      try {
        while (!left.isEmpty()) {
          List<EventRecord> records =
              left.stream()
                  .limit(PROMOTED_AT_ONCE)
                  .map(one -> Promotion.of(one.carrier(), one.run(), one.weight(), one.through()))
                  .toList();
          bus.publish(records);
          left.subList(0, records.size()).clear();
        }
      } catch (BackendException e) {
        LOG.atWarn().setCause(e).log("sampled events can't be stored; it will be tried again");
      }
    }
  }

  /** What the bodies that wait to be stored take of the heap. */
  public long heldBytes() {
    return heldBytes.get();
  }

  /** How many fingerprints had to make room for others since the start. */
  public long pushedOut() {
    return pushedOut.sum();
  }

  /** How many fingerprints are watched now. */
  public long bursts() {
    bursts.cleanUp();
    return bursts.estimatedSize() + leaving.size();
  }
}
