package io.levee.engine.bus;

/**
 * Remembers where a group stands whose effects lie in no store of their own. Thread-safe; failures
 * are {@link io.levee.engine.run.BackendException}s.
 */
public interface PositionStore {
  /** What was written last; {@link Positions#START} when nothing was. */
  Positions read();

  /** Makes positions durable. */
  void write(Positions positions);
}
