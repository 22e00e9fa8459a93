package io.levee.engine.work;

import io.levee.engine.issue.IssueId;

/**
 * An issue that resembles another.
 *
 * @param likeness 0..1
 */
public record SimilarIssue(IssueId issue, String title, double likeness) {}
