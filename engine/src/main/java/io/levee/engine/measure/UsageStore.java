package io.levee.engine.measure;

import io.levee.engine.registry.Sender;
import java.time.Instant;

/**
 * Knows how much was taken of whom, by the hour; budgets go on from there after a restart.
 * Thread-safe; failures are BackendExceptions.
 */
public interface UsageStore {
  /**
   * Sums up.
   *
   * @param sender whose; with an empty key all of the project's
   * @param from the start of an hour
   * @param to the start of an hour, itself excluded
   */
  Usage usage(Sender sender, Instant from, Instant to);

  /**
   * How much was taken.
   *
   * @param events those that were only counted included
   * @param bytes of canonical JSON
   */
  record Usage(long events, long bytes) {
    public static final Usage NONE = new Usage(0, 0);
  }
}
