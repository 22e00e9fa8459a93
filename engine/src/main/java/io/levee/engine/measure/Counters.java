package io.levee.engine.measure;

/**
 * Where counts stand from the moment something was decided until the {@link LedgerStore} has them.
 * Thread-safe.
 */
public interface Counters {
  /**
   * Adds to a line; when there is no room for another line, to a coarser one. Never blocks for
   * long, never fails.
   *
   * @param quantity 1 or more
   */
  void add(Tally line, long quantity);

  /**
   * Gives everything that was added so far to the store, once. What the store did not take is kept
   * for the next time.
   *
   * @throws io.levee.engine.run.BackendException when the store is in trouble
   */
  void drainTo(LedgerStore store);
}
