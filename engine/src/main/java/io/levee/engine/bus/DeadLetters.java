package io.levee.engine.bus;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Keeps what subscribers could not deal with, durably, until somebody decides. Thread-safe;
 * failures are BackendExceptions.
 */
public interface DeadLetters {
  /** Keeps one; durable on return. Idempotent by group, partition and offset. */
  void add(String group, Delivery delivery, int attempts, String cause, Instant time);

  /** The newest first. */
  List<DeadLetter> list(String group, int limit);

  /** How many there are, by group. */
  Map<String, Long> counts();

  /** Forgets one; false when there is none with this id. */
  boolean remove(long id);
}
