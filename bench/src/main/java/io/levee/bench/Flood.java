package io.levee.bench;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/**
 * Loads on one target, one after the other, of which no two events have the same id. Used by one
 * thread.
 */
final class Flood {
  private final Target target;
  private final int connections;
  private final Envelopes envelopes;
  private long nextSequence;
  private long accepted;
  private long refused;

  Flood(Target target, int connections, long seed) {
    this(target, connections, seed, 0);
  }

  /**
   * @param eventBytes that each event has at least
   */
  Flood(Target target, int connections, long seed, int eventBytes) {
    this.target = target;
    this.connections = connections;
    this.envelopes = new Envelopes(target, seed, Clock.systemUTC(), eventBytes);
  }

  /** Runs a load to its last answer. */
  LoadReport run(double perSecond, Duration length) throws IOException {
    Generator generator = new Generator(target, connections, envelopes, nextSequence);
    return counted(generator.run(perSecond, length));
  }

  /** The same of clients that give up what they can't send at once. */
  LoadReport runImpatient(double perSecond, Duration length, int otherConnections)
      throws IOException {
    Generator generator = new Generator(target, otherConnections, envelopes, nextSequence, true);
    return counted(generator.run(perSecond, length));
  }

  private LoadReport counted(LoadReport load) {
    nextSequence += load.scheduled();
    accepted += load.accepted();
    refused += load.bad() - load.errors();
    return load;
  }

  /** Events accepted in all loads so far. */
  long accepted() {
    return accepted;
  }

  /** Events answered with anything else in all loads so far. */
  long refused() {
    return refused;
  }
}
