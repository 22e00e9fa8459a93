package io.levee.engine.erase;

import io.levee.engine.issue.IssueId;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where people ask for data to be deleted, and how far that is. Thread-safe. */
public final class Erasures {
  private final ErasureStore store;
  private final Runnable wake;

  /**
   * @param wake tells whoever fulfils the wishes
   */
  public Erasures(ErasureStore store, Runnable wake) {
    this.store = store;
    this.wake = wake;
  }

  /** As {@link ErasureStore#eraseIssue}; begins at once. */
  public Optional<Erasure> issue(
      ProjectScope scope, IssueId issue, boolean asideToo, String actor, Instant at) {
    Optional<Erasure> asked = store.eraseIssue(scope, issue, asideToo, actor, at);
    wake.run();
    return asked;
  }

  /** As {@link ErasureStore#eraseUser}; begins at once. */
  public Erasure user(ProjectId project, String user, boolean asideToo, String actor, Instant at) {
    Erasure asked = store.eraseUser(project, user, asideToo, actor, at);
    wake.run();
    return asked;
  }

  /** As {@link ErasureStore#list}. */
  public List<Erasure> list(ProjectScope scope, int limit) {
    return store.list(scope, limit);
  }

  /** As {@link ErasureStore#find}. */
  public Optional<Erasure> find(ProjectScope scope, long id) {
    return store.find(scope, id);
  }
}
