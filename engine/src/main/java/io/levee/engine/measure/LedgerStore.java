package io.levee.engine.measure;

import io.levee.engine.bus.Subscriber;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the ledger. As a {@link Subscriber} ({@code measure}) it counts what was accepted, in one
 * transaction with its positions; the other outcomes come in from the door through {@link #add}.
 * Thread-safe; failures are BackendExceptions.
 */
public interface LedgerStore extends Subscriber {
  /** Adds to what is there; one transaction. */
  void add(List<LedgerEntry> entries);

  /**
   * Adds, unless lines of this generation or a later one were added so before: one transaction with
   * the number, so that lines which are given again after a crash count once.
   *
   * @param generation 1 or more; grows
   * @return whether they were added
   */
  boolean addOnce(long generation, List<LedgerEntry> entries);

  /** The last generation that was given to {@link #addOnce}; 0 when there was none. */
  long generation();

  /** The lines of a scope, by minute. */
  List<LedgerEntry> read(ProjectScope scope, TimeRange range);

  /**
   * The lines of a scope, those of each step summed up; their minute is the start of the step.
   *
   * @param step whole minutes; steps are counted from the epoch
   */
  default List<LedgerEntry> sums(ProjectScope scope, TimeRange range, Duration step) {
    Map<Tally, Long> sums = new LinkedHashMap<>();
    long minutes = Math.max(1, step.toMinutes());
    for (LedgerEntry entry : read(scope, range)) {
      long minute = Math.floorDiv(entry.minute().getEpochSecond(), 60L);
      Tally line =
          new Tally(
              entry.project(),
              entry.key(),
              Math.floorDiv(minute, minutes) * minutes,
              entry.outcome(),
              entry.category(),
              entry.reason());
      sums.merge(line, entry.quantity(), Long::sum);
    }
    return sums.entrySet().stream().map(sum -> sum.getKey().entry(sum.getValue())).toList();
  }

  /**
   * The lines of requests that named no project we know, by minute; nobody's data, for the
   * operator.
   */
  List<LedgerEntry> readUnknown(TimeRange range);

  /** Forgets minutes before a moment. */
  void retain(Instant from);
}
