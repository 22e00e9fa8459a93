package io.levee.console;

import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.measure.LedgerStore;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lines in a list. Thread-safe. */
final class MemoryLedgerStore implements LedgerStore {
  private final List<LedgerEntry> lines = new CopyOnWriteArrayList<>();

  @Override
  public void add(List<LedgerEntry> entries) {
    lines.addAll(entries);
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
    return lines.stream()
        .filter(line -> {
          ProjectId project = line.project();
          return project != null && scope.covers(project) && range.contains(line.minute());
        })
        .toList();
  }

  @Override
  public List<LedgerEntry> readUnknown(TimeRange range) {
    return lines.stream()
        .filter(line -> line.project() == null && range.contains(line.minute()))
        .toList();
  }

  @Override
  public void retain(Instant from) {
    lines.removeIf(line -> line.minute().isBefore(from));
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
  public void apply(List<Delivery> batch) {
    throw new UnsupportedOperationException("lines are added directly");
  }

  @Override
  public Positions flush() {
    return Positions.START;
  }
}
