package io.levee.engine.grouping;

import io.levee.event.ProjectId;
import java.time.Instant;

/**
 * A project's rules as somebody saved them.
 *
 * @param version counted up from 1; 0 of a project that never had any
 * @param text a rule a line, see {@link RuleText}
 * @param actor who saved it
 */
public record RuleSet(ProjectId project, int version, String text, String actor, Instant at) {
  /** Of a project that never had any. */
  public static RuleSet none(ProjectId project) {
    return new RuleSet(project, 0, "", "", Instant.EPOCH);
  }
}
