package io.levee.engine.bus;

import io.levee.event.EventRecord;
import java.time.Instant;

/**
 * An event that a group could not deal with.
 *
 * @param id number of the letter
 * @param attempts how often it was tried
 * @param cause the last failure, type and message, without event content
 */
public record DeadLetter(
    long id,
    String group,
    int partition,
    long offset,
    EventRecord record,
    int attempts,
    String cause,
    Instant time) {}
