package io.levee.engine.issue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of issues.
 *
 * @param total how many match in all
 * @param next null when this is the last page
 */
public record IssuePage(List<Issue> issues, long total, @Nullable String next) {
  public IssuePage {
    issues = List.copyOf(issues);
  }
}
