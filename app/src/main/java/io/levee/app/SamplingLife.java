package io.levee.app;

import io.levee.engine.measure.LedgerStore;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.engine.run.BackendException;
import io.levee.engine.sampling.PendingDrops;
import io.levee.engine.sampling.Sampling;
import io.levee.engine.sampling.SpikeWatch;
import io.levee.engine.sampling.Thresholds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Burst sampling from start to end: what a crash left is stored before the door opens, what waits
 * is stored in time, and what is left when the door has closed. One thread.
 */
final class SamplingLife implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SamplingLife.class);
  private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);
  private static final Duration SETTINGS_EVERY = Duration.ofSeconds(30);

  private final Sampling sampling;
  private final PendingDrops pending;
  private final Thresholds thresholds;
  private final SpikeWatch spikes;
  private final ProjectRegistry registry;
  private final LedgerStore ledger;
  private final Clock clock;
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("levee-sweeper").factory());
  private Instant hour = Instant.MIN;

  SamplingLife(
      Sampling sampling,
      PendingDrops pending,
      Thresholds thresholds,
      SpikeWatch spikes,
      ProjectRegistry registry,
      LedgerStore ledger,
      Clock clock) {
    this.sampling = sampling;
    this.pending = pending;
    this.thresholds = thresholds;
    this.spikes = spikes;
    this.registry = registry;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** To be called when the group of {@link PendingDrops} has caught up with the bus. */
  void start() {
    sampling.restore(pending.handOver());
    thresholds.refresh();
    every(SWEEP_EVERY, sampling::sweep);
    every(SETTINGS_EVERY, this::refresh);
  }

  private void refresh() {
    thresholds.refresh();
    Instant now = clock.instant();
    Instant current = now.truncatedTo(ChronoUnit.HOURS);
    if (!current.equals(hour)) {
      spikes.refresh(registry.projects(), ledger, now);
      hour = current;
    }
  }

  private void every(Duration time, Runnable work) {
    var _ =
        scheduler.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (BackendException e) {
                LOG.atWarn().setCause(e).log("sampling: failed; it will be tried again");
              } catch (RuntimeException e) {
                LOG.atError()
                    .setCause(e)
                    .log("sampling: failed for a reason of our own; it will be tried again");
              }
            },
            time.toMillis(),
            time.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Stores what is pending; to be called when the door is closed and the bus is not. */
  @Override
  public void close() {
    scheduler.shutdown();
    try {
      if (!scheduler.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("sampling is still at work");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sampling.close();
  }
}
