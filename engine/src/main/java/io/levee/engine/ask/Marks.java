package io.levee.engine.ask;

import java.util.List;

/**
 * What is to be said about an answer.
 *
 * @param partial why it is not whole; empty when it is
 * @param approximate columns that are estimates
 * @param notes what else is to be known about it
 * @param sampled whether some events stand for several
 * @param eventsRead how many stored events were looked at one by one
 * @param counted whether the index counted, so that none had to be read
 * @param tookMillis how long it took
 */
public record Marks(
    List<String> partial,
    List<String> approximate,
    List<String> notes,
    boolean sampled,
    long eventsRead,
    boolean counted,
    long tookMillis) {
  public Marks {
    partial = List.copyOf(partial);
    approximate = List.copyOf(approximate);
    notes = List.copyOf(notes);
  }
}
