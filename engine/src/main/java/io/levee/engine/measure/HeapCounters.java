package io.levee.engine.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts in this process's memory: what was not drained when it is killed is lost. For tests, and
 * for a process whose counts need not survive it.
 */
public final class HeapCounters implements Counters {
  /** How many different lines there may be; past that, what is new goes to coarser ones. */
  static final int LINES_MAX = 50_000;

  private final Map<Tally, AtomicLong> lines = new ConcurrentHashMap<>();

  @Override
  public void add(Tally line, long quantity) {
    boolean room = lines.size() < LINES_MAX || lines.containsKey(line);
    lines
        .computeIfAbsent(room ? line : line.coarser(), ignored -> new AtomicLong())
        .addAndGet(quantity);
  }

  @Override
  public synchronized void drainTo(LedgerStore store) {
    List<LedgerEntry> entries = new ArrayList<>();
    List<Map.Entry<Tally, Long>> taken = new ArrayList<>();
    lines.forEach((line, count) -> {
      long quantity = count.getAndSet(0);
      if (quantity > 0) {
        entries.add(line.entry(quantity));
        taken.add(Map.entry(line, quantity));
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
        taken.forEach(line -> add(line.getKey(), line.getValue()));
      }
    }
    forgetPastMinutes();
  }

  /**
   * A line of an older minute gets no more counts, once a minute has passed for those who were
   * about to count.
   */
  private void forgetPastMinutes() {
    long newest = lines.keySet().stream().mapToLong(Tally::minute).max().orElse(0);
    lines
        .entrySet()
        .removeIf(line -> line.getKey().minute() < newest - 1 && line.getValue().get() == 0);
  }
}
