package io.levee.engine.measure;

import io.levee.event.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of the ledger.
 *
 * @param project null when the request named none that we know
 * @param key as in {@link io.levee.engine.registry.Sender#key}; empty when it isn't known
 * @param minute start of the minute in which it was received
 * @param category what it was: error, log, transaction, session, attachment …
 * @param reason why, in a few fixed words; empty when the outcome says it all
 * @param quantity how many
 */
public record LedgerEntry(
    @Nullable ProjectId project,
    String key,
    Instant minute,
    Outcome outcome,
    String category,
    String reason,
    long quantity) {}
