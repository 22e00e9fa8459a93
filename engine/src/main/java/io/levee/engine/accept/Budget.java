package io.levee.engine.accept;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.TimeMeter;
import io.levee.engine.measure.UsageStore;
import io.levee.engine.registry.Sender;
import io.levee.engine.run.BackendException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every project and every key may send: asked before a body is read, charged when it is known
 * what the body held. A project's keys share its budget; a key may have a smaller one of its own.
 * Limits are looked at again every {@link #LOOK_EVERY}; what was used of an hour or a month is read
 * from the {@link UsageStore} when a sender is met first. Thread-safe.
 */
public final class Budget {
  /** How soon a changed limit is in force. */
  public static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  /** Longer than this nobody is told to wait: the limit may be raised before the month ends. */
  static final Duration WAIT_MAX = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(Budget.class);
  private static final Duration WAIT_LEAST = Duration.ofSeconds(1);
  private static final long SENDERS_MAX = 100_000;

  private final LimitStore limits;
  private final UsageStore usage;
  private final Limits projectDefaults;
  private final Clock clock;
  private final TimeMeter nanoTime;
  private final RandomGenerator random;
  private final LoadingCache<Sender, Watched> meters =
      Caffeine.newBuilder()
          .maximumSize(SENDERS_MAX)
          .expireAfterAccess(Duration.ofHours(1))
          .executor(Runnable::run) // another thread would be woken thousands of times a second
          .build(this::meet);

  /** A meter, and when its limits were looked at last. */
  private record Watched(Sender sender, Meter meter, AtomicLong lookedNanos) {}

  /**
   * @param projectDefaults in force where a project has none of its own; keys have none
   * @param nanoTime a monotonic clock
   * @param random spreads the moments at which clients come back
   */
  public Budget(
      LimitStore limits,
      UsageStore usage,
      Limits projectDefaults,
      Clock clock,
      LongSupplier nanoTime,
      RandomGenerator random) {
    this.limits = limits;
    this.usage = usage;
    this.projectDefaults = projectDefaults;
    this.clock = clock;
    this.nanoTime = new NanoTime(nanoTime);
    this.random = random;
  }

  /** The same limits for every project, nothing kept: for what has no registry. */
  public static Budget of(Limits everyProject) {
    return new Budget(
        new FixedLimits(),
        (sender, from, to) -> UsageStore.Usage.NONE,
        everyProject,
        Clock.systemUTC(),
        System::nanoTime,
        RandomGenerator.getDefault());
  }

  /** Those in force where a project has none of its own. */
  public Limits projectDefaults() {
    return projectDefaults;
  }

  /**
   * Asks whether a request may bring something.
   *
   * @throws BackendException when a sender is met first and its limits can't be read
   */
  Admission admit(Sender sender) {
    Instant now = clock.instant();
    Meter project = meter(Sender.unknownKey(sender.project()));
    Meter.Over over = project.enter(now);
    if (over != null) {
      return turned(over);
    }
    if (sender.key().isEmpty()) {
      return new Admission.Admitted(List.of(project));
    }
    Meter key = meter(sender);
    over = key.enter(now);
    if (over != null) {
      project.turnBack();
      return turned(over);
    }
    return new Admission.Admitted(List.of(project, key));
  }

  /**
   * Says no to one who is over a limit, without taking anything and without waiting: one whose
   * limits are not known, or are to be looked at again, is left to {@link #admit}.
   */
  Verdict.@Nullable Throttled turnAway(Sender sender) {
    Instant now = clock.instant();
    Meter.Over over = over(Sender.unknownKey(sender.project()), now);
    if (over == null && !sender.key().isEmpty()) {
      over = over(sender, now);
    }
    return over == null ? null : new Verdict.Throttled(spread(over.left()), over.reason());
  }

  private Meter.@Nullable Over over(Sender sender, Instant now) {
    Watched watched = meters.getIfPresent(sender);
    boolean fresh =
        watched != null
            && nanoTime.currentTimeNanos() - watched.lookedNanos().get() <= LOOK_EVERY.toNanos();
    return watched != null && fresh ? watched.meter().over(now) : null;
  }

  private Admission.Turned turned(Meter.Over over) {
    return new Admission.Turned(new Verdict.Throttled(spread(over.left()), over.reason()));
  }

  /** At least a second, at most {@link #WAIT_MAX}, and up to a quarter or two seconds more. */
  Duration spread(Duration wait) {
    Duration least = wait.compareTo(WAIT_LEAST) < 0 ? WAIT_LEAST : wait;
    Duration bounded = least.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : least;
    long millis = bounded.toMillis();
    return bounded.plusMillis(random.nextLong(Math.max(2_000, millis / 4) + 1));
  }

  /** Charges the minute for a body that was read. */
  void read(Sender sender, long bytes) {
    charge(sender, 0, bytes);
  }

  /** Charges the minute for more events than the one that was admitted. */
  void decoded(Sender sender, long moreEvents) {
    charge(sender, moreEvents, 0);
  }

  private void charge(Sender sender, long events, long bytes) {
    meter(Sender.unknownKey(sender.project())).read(events, bytes);
    if (!sender.key().isEmpty()) {
      meter(sender).read(events, bytes);
    }
  }

  /** Charges the hour and the month for what became durable. */
  void taken(Sender sender, long events, long bytes) {
    Instant now = clock.instant();
    meter(Sender.unknownKey(sender.project())).taken(now, events, bytes);
    if (!sender.key().isEmpty()) {
      meter(sender).taken(now, events, bytes);
    }
  }

  private Meter meter(Sender sender) {
    Watched watched = meters.get(sender);
    long now = nanoTime.currentTimeNanos();
    long looked = watched.lookedNanos().get();
    if (now - looked > LOOK_EVERY.toNanos() && watched.lookedNanos().compareAndSet(looked, now)) {
      look(watched);
    }
    return watched.meter();
  }

  /** A limit that can't be read now is not forgotten: the old one stays in force. */
  private void look(Watched watched) {
    try {
      watched.meter().change(inForce(watched.sender()));
    } catch (BackendException e) {
      LOG.atWarn()
          .addKeyValue("project", watched.sender().project())
          .setCause(e)
          .log("limits can't be read; the old ones stay in force");
    }
  }

  private Limits inForce(Sender sender) {
    Limits own = limits.limits(sender);
    return sender.key().isEmpty() ? own.over(projectDefaults) : own;
  }

  private Watched meet(Sender sender) {
    Instant now = clock.instant();
    Meter meter =
        new Meter(
            sender.key().isEmpty() ? "project" : "key",
            inForce(sender),
            nanoTime,
            quota(sender, ChronoUnit.HOURS, now),
            quota(sender, ChronoUnit.MONTHS, now));
    return new Watched(sender, meter, new AtomicLong(nanoTime.currentTimeNanos()));
  }

  private Quota quota(Sender sender, ChronoUnit unit, Instant now) {
    Instant nextHour = now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    return new Quota(unit, now, usage.usage(sender, Quota.start(unit, now), nextHour));
  }

  /** Nobody set any. */
  private static final class FixedLimits implements LimitStore {
    @Override
    public Limits limits(Sender sender) {
      return Limits.NONE;
    }

    @Override
    public void change(Sender sender, Limits limits) {
      throw new IllegalStateException("these limits are fixed");
    }
  }

  private record NanoTime(LongSupplier nanos) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanos.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
