package io.levee.engine.measure;

import io.levee.engine.bus.Subscriber;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import java.time.Instant;
import java.util.List;

/**
 * Keeps the ledger. As a {@link Subscriber} ({@code measure}) it counts what was accepted, in one
 * transaction with its positions; the other outcomes come in from the door through {@link #add}.
 * Thread-safe; failures are BackendExceptions.
 */
public interface LedgerStore extends Subscriber {
  /** Adds to what is there; one transaction. */
  void add(List<LedgerEntry> entries);

  /** The lines of a scope, by minute. */
  List<LedgerEntry> read(ProjectScope scope, TimeRange range);

  /**
   * The lines of requests that named no project we know, by minute; nobody's data, for the
   * operator.
   */
  List<LedgerEntry> readUnknown(TimeRange range);

  /** Forgets minutes before a moment. */
  void retain(Instant from);
}
