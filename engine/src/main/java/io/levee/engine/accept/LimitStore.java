package io.levee.engine.accept;

import io.levee.engine.registry.Sender;

/**
 * Keeps the limits that somebody set, of projects (the sender's key is empty) and of their keys.
 * Thread-safe; failures are BackendExceptions.
 */
public interface LimitStore {
  /** What was set; {@link Limits#NONE} when nothing was. */
  Limits limits(Sender sender);

  /** Sets all of a sender's limits; durable when it returns. */
  void change(Sender sender, Limits limits);
}
