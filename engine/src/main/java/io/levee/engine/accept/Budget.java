package io.levee.engine.accept;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import io.levee.event.ProjectId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many events a second a project may send: a token bucket a project. Asked before the body is
 * read, settled once it is known how many events it held. Thread-safe.
 */
public final class Budget {
  private static final long PROJECTS_MAX = 100_000;

  private final LoadingCache<ProjectId, Bucket> buckets;

  /**
   * @param eventsPerSecond what a project may send for ever, 1 or more
   * @param burstEvents what it may send at once after a pause, at least eventsPerSecond
   */
  public Budget(long eventsPerSecond, long burstEvents) {
    if (eventsPerSecond < 1 || burstEvents < eventsPerSecond) {
      throw new IllegalArgumentException(
          "budget: "
              + eventsPerSecond
              + "/s, burst "
              + burstEvents
              + " (expected: 1 or more, burst not below)");
    }
    Bandwidth bandwidth =
        Bandwidth.builder()
            .capacity(burstEvents)
            .refillGreedy(eventsPerSecond, Duration.ofSeconds(1))
            .build();
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(PROJECTS_MAX)
            .expireAfterAccess(Duration.ofHours(1))
            .build(ignored -> Bucket.builder().addLimit(bandwidth).build());
  }

  /** Takes one event's share; null when there was one, otherwise how long until there is. */
  public @Nullable Duration take(ProjectId project) {
    Bucket bucket = buckets.get(project);
    if (bucket.tryConsume(1)) {
      return null;
    }
    EstimationProbe probe = bucket.estimateAbilityToConsume(1);
    return Duration.ofNanos(Math.max(probe.getNanosToWaitForRefill(), 1));
  }

  /** Charges for more events than were taken, even into debt. */
  public void charge(ProjectId project, long events) {
    if (events > 0) {
      buckets.get(project).consumeIgnoringRateLimits(events);
    }
  }
}
