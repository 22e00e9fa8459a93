package io.levee.engine.work;

import io.levee.engine.issue.IssueStatus;
import java.time.Instant;

/**
 * A line of an issue's activity.
 *
 * @param id grows with time
 * @param actor who did it; {@code levee} when an event did
 * @param kind what it was: {@code status}, {@code priority}, {@code undo} or a word of another part
 *     of the house
 * @param detail more about it, in words; may be empty
 * @param version of the issue, behind it
 */
public record Entry(
    long id,
    Instant at,
    String actor,
    String kind,
    IssueStatus from,
    IssueStatus to,
    boolean regressed,
    String detail,
    long version) {}
