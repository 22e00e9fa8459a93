package io.levee.edge.api;

import io.levee.engine.query.Query;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.ProjectScope;

/**
 * What every reading call has in common.
 *
 * @param scope what the caller may see
 * @param query of the {@code query} parameter; everything when it is absent
 */
record ReadContext(ProjectKey key, ProjectScope scope, Query query, ApiParameters parameters) {
  /** Who calls, as the activity of issues shows it. */
  String actor() {
    return "key " + key.sender().key();
  }
}
