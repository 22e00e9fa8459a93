package io.levee.edge.fake;

import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.measure.LedgerStore;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps the ledger's lines in memory. Used by one thread. */
public final class FakeLedgerStore implements LedgerStore {
  private final List<LedgerEntry> entries = new ArrayList<>();

  /** Each line as {@code project outcome category reason quantity}, sorted. */
  public List<String> lines() {
    return entries.stream()
        .map(entry ->
            (entry.project() == null ? "-" : entry.project())
                + " "
                + entry.outcome()
                + " "
                + entry.category()
                + " "
                + entry.reason()
                + " "
                + entry.quantity())
        .sorted()
        .toList();
  }

  /** The keys of the lines, as they came. */
  public List<String> keys() {
    return entries.stream().map(LedgerEntry::key).toList();
  }

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

  @Override
  public void add(List<LedgerEntry> more) {
    entries.addAll(more);
  }

  @Override
  public boolean addOnce(long generation, List<LedgerEntry> entries) {
    add(entries);
    return true;
  }

  @Override
  public long generation() {
    return 0;
  }

  @Override
  public List<LedgerEntry> read(ProjectScope scope, TimeRange range) {
    return List.copyOf(entries);
  }

  @Override
  public List<LedgerEntry> readUnknown(TimeRange range) {
    return List.of();
  }

  @Override
  public void retain(Instant from) {}
}
