package io.levee.engine.sampling;

import io.levee.engine.measure.LedgerStore;
import io.levee.engine.registry.Project;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes sampling stricter for a project that sends far more than at this hour of earlier days. It
 * counts who asks; past the project's {@link SpikeBaseline} the threshold is a tenth, until a
 * minute has passed that was not above it. Thread-safe.
 */
public final class SpikeWatch implements SamplingRules {
  /** How much lower the threshold is in a spike. */
  static final int STRICTER = 10;

  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final SamplingRules usual;
  private final LongSupplier nanoClock;
  private final Map<ProjectId, Rate> rates = new ConcurrentHashMap<>();

  /**
   * @param usual what holds when there is no spike
   * @param nanoClock monotonic, as {@link System#nanoTime}
   */
  public SpikeWatch(SamplingRules usual, LongSupplier nanoClock) {
    this.usual = usual;
    this.nanoClock = nanoClock;
  }

  /**
   * That a project is in a spike.
   *
   * @param errorsPerMinute this or the last minute, whichever had more
   * @param limitPerMinute what it would have had to stay below
   */
  public record Spike(long errorsPerMinute, long limitPerMinute) {}

  @Override
  public int threshold(ProjectId project, long nowNanos) {
    int threshold = usual.threshold(project, nowNanos);
    if (threshold == OFF) {
      return OFF;
    }
    Rate rate = rates.computeIfAbsent(project, ignored -> new Rate(nowNanos));
    return rate.count(nowNanos) ? Math.max(1, threshold / STRICTER) : threshold;
  }

  /** Whether a project is in a spike, and how high it is; null when it is not. */
  public @Nullable Spike spike(ProjectId project) {
    Rate rate = rates.get(project);
    return rate == null ? null : rate.spike(nanoClock.getAsLong());
  }

  /**
   * Looks up the usual of this hour; to be called at each hour's beginning, and at the start.
   *
   * @throws io.levee.engine.run.BackendException when the ledger can't be read; what held before
   *     goes on
   */
  public void refresh(List<Project> projects, LedgerStore ledger, Instant now) {
    for (Project project : projects) {
      limit(project.id(), SpikeBaseline.perMinute(LedgerHours.of(ledger, project, now)));
    }
  }

  void limit(ProjectId project, OptionalLong perMinute) {
    long nowNanos = nanoClock.getAsLong();
    rates
        .computeIfAbsent(project, ignored -> new Rate(nowNanos))
        .limit(perMinute.orElse(Long.MAX_VALUE));
  }

  /** How many came this minute and the last. Guarded by itself. */
  private static final class Rate {
    private long minuteNanos;
    private long current;
    private long last;
    private long limit = Long.MAX_VALUE;

    private Rate(long nowNanos) {
      this.minuteNanos = nowNanos;
    }

    private synchronized void limit(long perMinute) {
      limit = perMinute;
    }

    private synchronized boolean count(long nowNanos) {
      roll(nowNanos);
      current++;
      return Math.max(current, last) > limit;
    }

    private synchronized @Nullable Spike spike(long nowNanos) {
      roll(nowNanos);
      long most = Math.max(current, last);
      return most > limit ? new Spike(most, limit) : null;
    }

    private void roll(long nowNanos) {
      long minutes = (nowNanos - minuteNanos) / MINUTE_NANOS;
      if (minutes > 0) {
        last = minutes == 1 ? current : 0;
        current = 0;
        minuteNanos += minutes * MINUTE_NANOS;
      }
    }
  }
}
