package io.levee.edge.decode;

import io.levee.engine.measure.Outcome;

/**
 * Something that came along and is counted but makes no event: an item that is not yet supported, a
 * client's own report of what it dropped.
 *
 * @param category as in the ledger
 * @param reason a few fixed words
 */
public record Counted(Outcome outcome, String category, String reason, long quantity) {}
