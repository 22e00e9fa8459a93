package io.levee.edge.api;

import io.levee.edge.net.HttpCall;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Json;
import io.levee.event.ProjectId;
import java.time.Instant;

/**
 * A call about the work on issues.
 *
 * @param actor who calls, as the activity shows it
 * @param body empty when none was sent
 */
record WorkCall(
    HttpCall http,
    ProjectId project,
    String actor,
    Json.Obj body,
    ApiParameters parameters,
    Instant now) {
  ProjectScope scope() {
    return ProjectScope.of(project);
  }
}
