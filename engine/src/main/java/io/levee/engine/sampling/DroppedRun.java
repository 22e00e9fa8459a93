package io.levee.engine.sampling;

import io.levee.event.EventRecord;

/**
 * What a crash left of a run: dropped events that are durable and stand in no kept event's weight.
 *
 * @param run its number
 * @param weight of all of them
 * @param through the highest of their numbers
 * @param carrier the one that is to be stored for all of them, with its body when there is one that
 *     has it
 */
public record DroppedRun(long run, long weight, long through, EventRecord carrier) {}
