package io.levee.engine.issue;

import java.time.Instant;

/**
 * A change of an issue's status.
 *
 * @param actor who did it; {@code levee} when a new event reopened it
 * @param regressed whether a new event reopened it
 */
public record IssueActivity(
    Instant at, String actor, IssueStatus from, IssueStatus to, boolean regressed) {}
