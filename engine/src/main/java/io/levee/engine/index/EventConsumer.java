package io.levee.engine.index;

/** Takes events one by one. */
@FunctionalInterface
public interface EventConsumer {
  /**
   * Takes an event.
   *
   * @return false when it wants no more
   */
  boolean take(StoredEvent event);
}
