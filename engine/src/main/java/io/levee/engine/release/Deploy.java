package io.levee.engine.release;

import io.levee.event.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A release was put somewhere.
 *
 * @param environment where; empty when nobody said
 * @param name of the deploy itself, as in "blue"
 * @param description Markdown
 * @param started null when only the end is known
 * @param finished what charts draw
 * @param actor who told us
 * @param userName who deployed, as the sender has it
 */
public record Deploy(
    long id,
    ProjectId project,
    String release,
    String environment,
    @Nullable String name,
    @Nullable String url,
    @Nullable String description,
    @Nullable Instant started,
    Instant finished,
    String actor,
    @Nullable String userName,
    @Nullable String userEmail) {}
