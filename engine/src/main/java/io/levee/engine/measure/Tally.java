package io.levee.engine.measure;

import io.levee.event.ProjectId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which line of the ledger something is counted on.
 *
 * @param project null when the request named none that we know
 * @param key as in {@link io.levee.engine.registry.Sender#key}
 * @param minute minutes since the epoch
 * @param category as in {@link LedgerEntry#category}
 * @param reason a few fixed words, or empty
 */
public record Tally(
    @Nullable ProjectId project,
    String key,
    long minute,
    Outcome outcome,
    String category,
    String reason) {
  /** What stands for lines that there was no room for. */
  public static final String OTHER = "other";

  /** The same without what it was and why. */
  public Tally coarser() {
    return new Tally(project, key, minute, outcome, OTHER, "");
  }

  /** Only the outcome, at a minute. */
  public Tally coarsest(long atMinute) {
    return new Tally(null, "", atMinute, outcome, OTHER, "");
  }

  /** The line with so many. */
  public LedgerEntry entry(long quantity) {
    Instant start = Instant.EPOCH.plus(minute, ChronoUnit.MINUTES);
    return new LedgerEntry(project, key, start, outcome, category, reason, quantity);
  }
}
