package io.levee.console;

import io.levee.engine.index.SearchRequest;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.ProjectId;
import java.time.Duration;
import java.time.Instant;

/** Asks for the newest events of a project. */
final class NewestOf {
  private NewestOf() {}

  static SearchRequest project(ProjectId project, Instant now, int limit) {
    return SearchRequest.newest(
        ProjectScope.of(project),
        new Query.All(),
        TimeRange.before(now.plusSeconds(1), Duration.ofDays(7)),
        limit);
  }
}
