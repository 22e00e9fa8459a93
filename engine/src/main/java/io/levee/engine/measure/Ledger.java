package io.levee.engine.measure;

import io.levee.engine.registry.Sender;
import io.levee.event.ProjectId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the door decides, in memory, and writes it to the {@link LedgerStore} every few
 * seconds. Thread-safe; counting never blocks and never fails. Accepted and sampled-out events are
 * counted here for metrics only: their lines come from the bus.
 */
public final class Ledger {
  /**
   * How many different lines a flush interval may have; past that, what is new is counted under the
   * category "other".
   */
  public static final int LINES_MAX = 50_000;

  private record Line(
      @Nullable ProjectId project,
      String key,
      Instant minute,
      Outcome outcome,
      String category,
      String reason) {}

  private final Clock clock;
  private final LedgerStore store;
  private final Map<Line, AtomicLong> lines = new ConcurrentHashMap<>();
  private final Map<Outcome, LongAdder> totals = new ConcurrentHashMap<>();

  public Ledger(Clock clock, LedgerStore store) {
    this.clock = clock;
    this.store = store;
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
    Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    ProjectId project = sender == null ? null : sender.project();
    String key = sender == null ? "" : sender.key();
    Line line = new Line(project, key, minute, outcome, category, reason);
    if (!lines.containsKey(line) && lines.size() >= LINES_MAX) {
      line = new Line(project, key, minute, outcome, "other", "");
    }
    lines.computeIfAbsent(line, ignored -> new AtomicLong()).addAndGet(quantity);
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
    List<LedgerEntry> entries = new ArrayList<>();
    lines.forEach((line, count) -> {
      long quantity = count.getAndSet(0);
      if (quantity > 0) {
        entries.add(
            new LedgerEntry(
                line.project(),
                line.key(),
                line.minute(),
                line.outcome(),
                line.category(),
                line.reason(),
                quantity));
      }
    });
    boolean written = false;
    try {
      if (!entries.isEmpty()) {
        store.add(entries);
      }
      written = true;
    } finally {
      if (!written) {
        entries.forEach(this::putBack);
      }
    }
    forgetPastMinutes();
  }

  private void putBack(LedgerEntry entry) {
    Line line =
        new Line(
            entry.project(),
            entry.key(),
            entry.minute(),
            entry.outcome(),
            entry.category(),
            entry.reason());
    lines.computeIfAbsent(line, ignored -> new AtomicLong()).addAndGet(entry.quantity());
  }

  /**
   * A line of an older minute gets no more counts, once a minute has passed for those who were
   * about to count.
   */
  private void forgetPastMinutes() {
    Instant old = clock.instant().truncatedTo(ChronoUnit.MINUTES).minus(1, ChronoUnit.MINUTES);
    lines
        .entrySet()
        .removeIf(line -> line.getKey().minute().isBefore(old) && line.getValue().get() == 0);
  }
}
