package io.levee.app;

import io.levee.engine.archive.EventArchive;
import io.levee.engine.index.EventIndex;
import io.levee.engine.issue.IssueStore;
import io.levee.engine.measure.Ledger;
import io.levee.engine.measure.LedgerStore;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.engine.run.BackendException;
import io.levee.event.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be done now and then: writing the ledger down, letting old events go, copying the
 * database. One thread.
 */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration LEDGER_EVERY = Duration.ofSeconds(2);
  private static final Duration OFTEN = Duration.ofSeconds(15);
  private static final Duration RETAIN_EVERY = Duration.ofHours(1);
  private static final Duration RETAIN_FIRST = Duration.ofMinutes(1);
  private static final Duration TRIM_FIRST = Duration.ofSeconds(5);
  private static final Duration TRIM_EVERY = Duration.ofMinutes(5);
  private static final Duration LEDGER_KEPT = Duration.ofDays(90);

  private final ProjectRegistry registry;
  private final EventIndex index;
  private final EventArchive archive;
  private final IssueStore issues;
  private final Ledger ledger;
  private final LedgerStore ledgerStore;
  private final Runnable keepCopy;
  private final SetAside setAside;
  private final Clock clock;
  private final List<Runnable> often = new ArrayList<>();
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("levee-housekeeping").factory());

  Housekeeping(
      ProjectRegistry registry,
      EventIndex index,
      EventArchive archive,
      IssueStore issues,
      Ledger ledger,
      LedgerStore ledgerStore,
      Runnable keepCopy,
      SetAside setAside,
      Clock clock) {
    this.registry = registry;
    this.index = index;
    this.archive = archive;
    this.issues = issues;
    this.ledger = ledger;
    this.ledgerStore = ledgerStore;
    this.keepCopy = keepCopy;
    this.setAside = setAside;
    this.clock = clock;
  }

  /** Adds work to be done every few seconds; before the start. */
  void often(Runnable work) {
    often.add(work);
  }

  void start() {
    often.forEach(work -> every(OFTEN, OFTEN, work));
    every(LEDGER_EVERY, LEDGER_EVERY, ledger::flush);
    every(RETAIN_FIRST, RETAIN_EVERY, this::retain);
    every(RETAIN_FIRST, RETAIN_EVERY, keepCopy);
    every(TRIM_FIRST, TRIM_EVERY, setAside::trim);
  }

  /** Lets go of old events now, or as soon as it has time: the disk is nearly full. */
  void makeRoom() {
    scheduler.execute(() -> quietly(this::retain));
  }

  private void every(Duration first, Duration then, Runnable work) {
    var _ =
        scheduler.scheduleWithFixedDelay(
            () -> quietly(work), first.toMillis(), then.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (BackendException e) {
      LOG.atWarn().setCause(e).log("housekeeping failed; it will be tried again");
    } catch (RuntimeException e) {
      LOG.atError()
          .setCause(e)
          .log("housekeeping failed for a reason of our own; it will be tried again");
    }
  }

  /** Lets go of what is older than each project's retention. */
  void retain() {
    Instant now = clock.instant();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Map<ProjectId, LocalDate> days = new HashMap<>();
    Map<ProjectId, Instant> instants = new HashMap<>();
    for (Project project : registry.projects()) {
      LocalDate keepFrom = today.minusDays(project.retentionDays());
      days.put(project.id(), keepFrom);
      instants.put(project.id(), keepFrom.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
    int slices = index.retain(days);
    int objects = archive.retain(days);
    int dropped = issues.retain(instants);
    ledgerStore.retain(now.minus(LEDGER_KEPT));
    LOG.atInfo()
        .addKeyValue("slices", slices)
        .addKeyValue("objects", objects)
        .addKeyValue("issues", dropped)
        .log("old events let go");
  }

  @Override
  public void close() {
    scheduler.shutdown();
    try {
      if (!scheduler.awaitTermination(1, TimeUnit.SECONDS)) {
        LOG.warn("housekeeping is still at work");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      ledger.flush();
    } catch (BackendException e) {
      LOG.atError().setCause(e).log("the last seconds of the ledger could not be written");
    }
  }
}
