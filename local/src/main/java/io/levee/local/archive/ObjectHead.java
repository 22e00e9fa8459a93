package io.levee.local.archive;

import io.levee.engine.bus.Positions;
import java.time.Instant;
import java.util.List;

/**
 * What an object says of itself; small, and read at start.
 *
 * @param sequence number of the object, also in its name; never used twice in a generation
 * @param order the place of its events in time: its own sequence, or the highest that it stands for
 * @param created to the millisecond
 * @param before where the archive stood without it
 * @param after where the archive stands with it
 * @param supersedes the objects that it takes the place of: they are ignored and deleted
 * @param sections projects and days, each once
 * @param removals events that this object's events replaced
 * @param events lines in all blocks
 * @param blocks how many
 */
record ObjectHead(
    long sequence,
    long order,
    Instant created,
    Positions before,
    Positions after,
    List<Long> supersedes,
    List<Section> sections,
    List<Removal> removals,
    int events,
    int blocks) {
  ObjectHead {
    supersedes = List.copyOf(supersedes);
    sections = List.copyOf(sections);
    removals = List.copyOf(removals);
  }
}
