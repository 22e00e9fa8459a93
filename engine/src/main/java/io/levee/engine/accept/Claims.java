package io.levee.engine.accept;

import io.levee.event.EventId;
import io.levee.event.ProjectId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is bringing which id right now. {@link RecentIds} knows what was claimed; this knows whether
 * it is durable yet, so that a retry that overtakes its original is never told yes before the
 * original is safe. Thread-safe.
 */
final class Claims {
  /** What came of claiming an id. */
  sealed interface Claim {}

  /** It is the caller's to bring; it must {@link Claims#settle} it whatever happens. */
  record Mine(ProjectId project, EventId id, CompletableFuture<Boolean> durable) implements Claim {}

  /**
   * Another request is bringing it.
   *
   * @param durable completes with whether it became durable
   */
  record Pending(CompletableFuture<Boolean> durable) implements Claim {}

  /** It is durable. */
  record Known() implements Claim {}

  private record Key(ProjectId project, EventId id) {}

  private final RecentIds recentIds;
  private final Map<Key, CompletableFuture<Boolean>> inFlight = new ConcurrentHashMap<>();

  Claims(RecentIds recentIds) {
    this.recentIds = recentIds;
  }

  Claim claim(ProjectId project, EventId id) {
    Key key = new Key(project, id);
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    CompletableFuture<Boolean> other = inFlight.putIfAbsent(key, mine);
    if (other != null) {
      return new Pending(other);
    }
    if (recentIds.claim(project, id)) {
      return new Mine(project, id, mine);
    }
    inFlight.remove(key, mine);
    mine.complete(true);
    return new Known();
  }

  void settle(Mine claim, boolean durable) {
    if (!durable) {
      recentIds.release(claim.project(), claim.id());
    }
    inFlight.remove(new Key(claim.project(), claim.id()), claim.durable());
    claim.durable().complete(durable);
  }
}
