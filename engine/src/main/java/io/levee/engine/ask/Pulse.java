package io.levee.engine.ask;

/** Is asked now and then, from the thread that answers, whether the answer is still wanted. */
@FunctionalInterface
public interface Pulse {
  /** For those who wait to the end. */
  Pulse STEADY = () -> true;

  /** False when nobody waits for the answer any more. */
  boolean beat();
}
