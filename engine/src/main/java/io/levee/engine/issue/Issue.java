package io.levee.engine.issue;

import io.levee.event.Fingerprint;
import io.levee.event.Level;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All events with the same fingerprint.
 *
 * @param fingerprints whose events it holds; the first is the one it was made for
 * @param title of the newest event
 * @param culprit of the newest event
 * @param level the worst so far
 * @param events how many, weights added
 * @param users how many different users, within 2 %
 * @param regressed whether it came back after it was resolved, and nobody has dealt with it since
 */
public record Issue(
    IssueId id,
    ProjectId project,
    List<Fingerprint> fingerprints,
    String title,
    @Nullable String culprit,
    @Nullable String exceptionType,
    @Nullable String platform,
    @Nullable String logger,
    Level level,
    IssueStatus status,
    boolean regressed,
    long events,
    long users,
    Instant firstSeen,
    Instant lastSeen,
    @Nullable String firstRelease,
    @Nullable String lastRelease) {
  public Issue {
    fingerprints = List.copyOf(fingerprints);
  }
}
