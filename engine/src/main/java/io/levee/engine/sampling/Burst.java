package io.levee.engine.sampling;

import io.levee.event.Event;
import io.levee.event.EventRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What comes in of one fingerprint of one project. Thread-safe: its monitor guards its runs too.
 */
final class Burst {
  /** What becomes of an event. */
  sealed interface Decision {}

  /** Kept; it stands for itself alone. */
  record Plain() implements Decision {
    static final Plain PLAIN = new Plain();
  }

  /** Kept; it stands for dropped ones too. */
  record Kept(Run run, Run.Take take) implements Decision {}

  /** Dropped. */
  record Dropped(Run run, long number, boolean bringsBody) implements Decision {}

  /** A dropped event that is to be stored after all, for itself and others. */
  record Due(Burst burst, Run run, Run.Take take, EventRecord carrier) {}

  private final SamplingLimits limits;
  private final LongSupplier runIds;
  private final AtomicLong heldBytes;
  private final SeenValues values = new SeenValues();
  private final Map<Alike, Run> runs = new HashMap<>();
  private long windowNanos;
  private int seen;
  private int newValues;
  private boolean gone;

  Burst(SamplingLimits limits, LongSupplier runIds, AtomicLong heldBytes, long nowNanos) {
    this.limits = limits;
    this.runIds = runIds;
    this.heldBytes = heldBytes;
    this.windowNanos = nowNanos;
  }

  /**
   * Decides; the decision must be settled.
   *
   * @param threshold how many a window are all kept, 1 or more
   * @return null when this burst was put aside: ask a new one
   */
  synchronized @Nullable Decision decide(Event event, int threshold, long nowNanos) {
    if (gone) {
      return null;
    }
    roll(nowNanos);
    seen = Math.min(seen + 1, Integer.MAX_VALUE - 1);
    // Below half the threshold nobody needs to know what is new: most never come so far.
    boolean bringsNew = seen > threshold / 2 && values.note(event);
    if (seen <= threshold) {
      return runs.isEmpty() ? Plain.PLAIN : keep(runs.get(Alike.of(event)), nowNanos);
    }
    Run run = run(event, nowNanos);
    if (bringsNew && newValues < limits.newValuesMax()) {
      newValues++;
      return keep(run, nowNanos);
    }
    boolean bringsBody = run.needsBody();
    if (nowNanos - run.keptNanos() >= limits.keepEvery().toNanos()
        || (bringsBody && heldBytes.get() >= limits.heldBytesMax())) {
      return keep(run, nowNanos);
    }
    return new Dropped(run, run.drop(bringsBody), bringsBody);
  }

  private static Decision keep(@Nullable Run run, long nowNanos) {
    if (run == null) {
      return Plain.PLAIN;
    }
    run.kept(nowNanos);
    Run.Take take = run.take();
    return take == null ? Plain.PLAIN : new Kept(run, take);
  }

  private Run run(Event event, long nowNanos) {
    Alike alike = Alike.of(event);
    Run run = runs.get(alike);
    if (run == null && runs.size() >= limits.runsMax()) {
      alike = Alike.REST;
      run = runs.get(alike);
    }
    if (run == null) {
      run = new Run(runIds.getAsLong(), heldBytes, nowNanos);
      runs.put(alike, run);
    }
    return run;
  }

  /** Begins the next window when this one is over; lets go of what nobody waits for. */
  synchronized void roll(long nowNanos) {
    long window = limits.window().toNanos();
    if (nowNanos - windowNanos < window) {
      return;
    }
    windowNanos = nowNanos;
    seen = 0;
    newValues = 0;
    values.clear();
    runs.values()
        .removeIf(run -> {
          boolean idle = !run.isBusy() && nowNanos - run.keptNanos() >= window;
          if (idle) {
            run.release();
          }
          return idle;
        });
  }

  /**
   * @param durable what became of a dropped one; null when it could not be made durable
   */
  synchronized void settle(Dropped dropped, @Nullable EventRecord durable, long nowNanos) {
    dropped.run().settle(dropped.number(), durable, nowNanos);
  }

  synchronized void settle(Kept kept, boolean durable) {
    kept.run().give(kept.take(), durable);
  }

  synchronized void settle(Due due, boolean durable) {
    due.run().give(due.take(), durable);
    if (durable) {
      due.run().carried(due.carrier());
    }
  }

  /** What has waited long enough to be stored; each must be settled. */
  synchronized List<Due> due(long nowNanos, long afterNanos) {
    List<Due> due = new ArrayList<>(0);
    for (Run run : runs.values()) {
      EventRecord carrier = run.carrier();
      if (carrier != null && run.isDue(nowNanos, afterNanos)) {
        Run.Take take = run.take();
        if (take != null) {
          due.add(new Due(this, run, take, carrier));
        }
      }
    }
    return due;
  }

  /** Takes no more events; whether some of its own are still waiting. */
  synchronized boolean putAside() {
    gone = true;
    return isBusy();
  }

  /** Whether anything of it is waiting. */
  synchronized boolean isBusy() {
    boolean busy = runs.values().stream().anyMatch(Run::isBusy);
    if (gone && !busy) {
      runs.values().forEach(Run::release);
    }
    return busy;
  }
}
