package io.levee.engine.release;

import io.levee.event.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of an application.
 *
 * @param firstSeen when it was first heard of: by an event's time, or because somebody said so
 * @param lastSeen time of its newest error; null when none came
 * @param events errors of it, weights added, as far as they were counted since the release is known
 * @param newIssues issues whose first event was of it
 * @param released when it was finished, as somebody said; null when nobody did
 * @param url where people read about it
 * @param ref the revision that it was built from
 * @param deploys how many times it was deployed
 */
public record Release(
    ProjectId project,
    String name,
    Instant firstSeen,
    @Nullable Instant lastSeen,
    long events,
    long newIssues,
    @Nullable Instant released,
    @Nullable String url,
    @Nullable String ref,
    int deploys) {
  /** The longest name. */
  public static final int NAME_CHARS_MAX = 256;
}
