package io.levee.engine.measure;

import io.levee.engine.registry.Sender;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the door decides, before the answer is given, and writes it to the {@link
 * LedgerStore} every few seconds. Thread-safe; counting never blocks and never fails. Accepted and
 * sampled-out events are counted here for metrics only: their lines come from the bus.
 */
public final class Ledger {
  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

  private final Clock clock;
  private final LedgerStore store;
  private final Counters counters;
  private final Map<Outcome, LongAdder> totals = new ConcurrentHashMap<>();

  /** Counts in memory, without anything that survives the process. */
  public Ledger(Clock clock, LedgerStore store) {
    this(clock, store, new HeapCounters());
  }

  /**
   * @param counters keeps what was counted until the store has it
   */
  public Ledger(Clock clock, LedgerStore store, Counters counters) {
    this.clock = clock;
    this.store = store;
    this.counters = counters;
    for (Outcome outcome : Outcome.values()) {
      totals.put(outcome, new LongAdder());
    }
  }

  /**
   * Counts.
   *
   * @param sender null when the request named no project that we know
   * @param category as in {@link LedgerEntry#category}
   * @param reason a few fixed words, or empty
   */
  public void count(
      @Nullable Sender sender, Outcome outcome, String category, String reason, long quantity) {
    if (quantity <= 0) {
      return;
    }
    LongAdder total = totals.get(outcome);
    if (total != null) {
      total.add(quantity);
    }
    if (outcome == Outcome.ACCEPTED || outcome == Outcome.SAMPLED_OUT) {
      return;
    }
    long minute = Math.floorDiv(clock.millis(), MINUTE_MILLIS);
    counters.add(
        new Tally(
            sender == null ? null : sender.project(),
            sender == null ? "" : sender.key(),
            minute,
            outcome,
            category,
            reason),
        quantity);
  }

  /** How many since the start of this process, for metrics. */
  public long total(Outcome outcome) {
    LongAdder total = totals.get(outcome);
    return total == null ? 0 : total.sum();
  }

  /**
   * Writes what was counted since the last time. What could not be written is kept for the next
   * time.
   *
   * @throws io.levee.engine.run.BackendException when the store is in trouble
   */
  public void flush() {
    counters.drainTo(store);
  }
}
