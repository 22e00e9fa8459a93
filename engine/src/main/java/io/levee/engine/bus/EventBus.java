package io.levee.engine.bus;

import io.levee.engine.run.Finding;
import io.levee.engine.run.Health;
import io.levee.event.EventRecord;
import java.util.List;

/**
 * The durable bus between the door and the stores. Every group receives every published record at
 * least once, within a partition in order of offset. Safe for any number of threads.
 *
 * <p>Failures are {@link io.levee.engine.run.BackendException}s. After {@link #close} every call
 * throws {@link IllegalStateException}.
 */
public interface EventBus extends AutoCloseable {
  /** Opens what the bus stands on and recovers what a crash left; called once. */
  void start();

  /**
   * Publishes all of the records or none of them. When this returns they are durable and every
   * group will receive them.
   *
   * @throws io.levee.engine.run.BackendException.OverCapacity at once, when too much is waiting
   *     already
   * @throws io.levee.engine.run.BackendException.Unavailable when they could not be made durable;
   *     they may still have been written
   */
  void publish(List<EventRecord> records);

  /**
   * Returns when everything whose publication began before this call is durable; fails when that
   * cannot be known.
   */
  void barrier();

  /**
   * Joins a group at the positions up to which its effects are durable. A group is remembered, and
   * holds what it has not committed, until {@link #forget}. One consumer a group at a time in this
   * process.
   */
  BusConsumer subscribe(String group, Positions from);

  /** Lets go of a group and what was kept for it. */
  void forget(String group);

  /** The positions behind the newest durable records. */
  Positions end();

  /** Every remembered group's backlog. */
  List<GroupLag> lag();

  /** What of the bus could not be read since the start; empty when all was. */
  default List<Finding> damage() {
    return List.of();
  }

  Health check();

  @Override
  void close();
}
