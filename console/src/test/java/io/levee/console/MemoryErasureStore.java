package io.levee.console;

import io.levee.engine.erase.Erasure;
import io.levee.engine.erase.ErasureStore;
import io.levee.engine.issue.IssueId;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.EventRecord;
import io.levee.event.Fingerprint;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Remembers what was asked for; nobody does it. */
final class MemoryErasureStore implements ErasureStore {
  private final List<Erasure> asked = new ArrayList<>();

  private Erasure add(
      ProjectId project, Erasure.Subject subject, boolean asideToo, String actor, Instant at) {
    Erasure erasure =
        new Erasure(
            asked.size() + 1L,
            project,
            subject,
            actor,
            at,
            Erasure.Step.REQUESTED,
            0,
            asideToo,
            List.of(),
            null,
            null);
    asked.addFirst(erasure);
    return erasure;
  }

  @Override
  public Optional<Erasure> eraseIssue(
      ProjectScope scope, IssueId issue, boolean asideToo, String actor, Instant at) {
    ProjectId project = scope.projects().iterator().next();
    return Optional.of(add(project, new Erasure.OfIssue(issue, List.of()), asideToo, actor, at));
  }

  @Override
  public Erasure eraseUser(
      ProjectId project, String user, boolean asideToo, String actor, Instant at) {
    return add(project, new Erasure.OfUser(user), asideToo, actor, at);
  }

  @Override
  public List<Erasure> list(ProjectScope scope, int limit) {
    return List.copyOf(asked);
  }

  @Override
  public Optional<Erasure> find(ProjectScope scope, long id) {
    return asked.stream().filter(one -> one.id() == id).findFirst();
  }

  @Override
  public List<Erasure> open() {
    return List.copyOf(asked);
  }

  @Override
  public void trouble(long id, @Nullable String why) {}

  @Override
  public List<Counter> counters(ProjectId project, Set<Fingerprint> fingerprints) {
    return List.of();
  }

  @Override
  public Users users() {
    return userKey -> {};
  }

  @Override
  public void recount(Erasure erasure, List<Loss> losses, Instant at) {}

  @Override
  public void drop(Erasure erasure, List<EventRecord> after) {}

  @Override
  public void cleared(long id, long events) {}

  @Override
  public void forget(long id) {}

  @Override
  public void done(long id, List<String> left, Instant at) {}
}
