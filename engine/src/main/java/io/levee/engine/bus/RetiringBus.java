package io.levee.engine.bus;

/**
 * A bus that can be made to let go of what all groups have dealt with, before it would by itself.
 * Thread-safe; failures are {@link io.levee.engine.run.BackendException}s.
 */
public interface RetiringBus {
  /**
   * Removes every record before these positions, as far as all groups have committed it. To be
   * called again while it says no.
   *
   * @return whether nothing before the positions can be read any more, nor lies on the disk
   */
  boolean retire(Positions before);
}
