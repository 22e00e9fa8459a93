package io.levee.local.measure;

import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.measure.LedgerStore;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.BackendException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums what it is given once, or fails before or after it did. Used by one thread at a time. */
final class RecordingLedger implements LedgerStore {
  /** What goes wrong. */
  enum Trouble {
    NONE,
    BEFORE,
    /** The lines are kept, but whoever gave them does not hear so. */
    AFTER
  }

  final Map<LedgerEntry, Long> sums = new HashMap<>();
  Trouble trouble = Trouble.NONE;
  private long generation;

  /** Sum over all lines. */
  long total() {
    return sums.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public boolean addOnce(long given, List<LedgerEntry> entries) {
    if (trouble == Trouble.BEFORE) {
      throw new BackendException.Unavailable("test", "add", "away", null);
    }
    boolean fresh = given > generation;
    if (fresh) {
      generation = given;
      add(entries);
    }
    if (trouble == Trouble.AFTER) {
      throw new BackendException.Unavailable("test", "add", "answer lost", null);
    }
    return fresh;
  }

  @Override
  public void add(List<LedgerEntry> entries) {
    for (LedgerEntry entry : entries) {
      LedgerEntry line =
          new LedgerEntry(
              entry.project(),
              entry.key(),
              entry.minute(),
              entry.outcome(),
              entry.category(),
              entry.reason(),
              0);
      sums.merge(line, entry.quantity(), Long::sum);
    }
  }

  @Override
  public long generation() {
    return generation;
  }

  @Override
  public List<LedgerEntry> read(ProjectScope scope, TimeRange range) {
    return List.of();
  }

  @Override
  public List<LedgerEntry> readUnknown(TimeRange range) {
    return List.of();
  }

  @Override
  public void retain(Instant from) {}

  @Override
  public String group() {
    return "measure";
  }

  @Override
  public Positions committed() {
    return Positions.START;
  }

  @Override
  public void apply(List<Delivery> batch) {}

  @Override
  public Positions flush() {
    return Positions.START;
  }
}
