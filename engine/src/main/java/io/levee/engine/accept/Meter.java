package io.levee.engine.accept;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What one project, or one key, uses of its limits. Asking takes and allocates nothing but a place
 * among the requests under way and one event of the minute's bucket; what else a request brings is
 * charged when it is known, even into debt. Thread-safe.
 */
final class Meter {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final String whose;
  private final TimeMeter time;
  private final AtomicInteger underWay = new AtomicInteger();
  private final Quota hour;
  private final Quota month;
  private volatile Rates rates;

  /** The limits in force, and the buckets that go with them. */
  private record Rates(Limits limits, @Nullable Bucket events, @Nullable Bucket bytes) {}

  /**
   * A limit that is reached.
   *
   * @param left how long until there is room again
   */
  record Over(String whose, Limit limit, Duration left) {
    /** In a few fixed words, as for the ledger. */
    String reason() {
      return whose + " " + limit.words();
    }
  }

  /**
   * @param whose "project" or "key"
   * @param hour what was used of the hour so far
   * @param month what was used of the month so far
   */
  Meter(String whose, Limits limits, TimeMeter time, Quota hour, Quota month) {
    this.whose = whose;
    this.time = time;
    this.hour = hour;
    this.month = month;
    this.rates =
        new Rates(
            limits,
            bucket(null, limits.get(Limit.EVENTS_PER_MINUTE)),
            bucket(null, limits.get(Limit.BYTES_PER_MINUTE)));
  }

  /** From now on other limits are in force; what was used stays used. Called by one at a time. */
  void change(Limits limits) {
    Rates before = rates;
    if (!before.limits().equals(limits)) {
      rates =
          new Rates(
              limits,
              bucket(before.events(), limits.get(Limit.EVENTS_PER_MINUTE)),
              bucket(before.bytes(), limits.get(Limit.BYTES_PER_MINUTE)));
    }
  }

  private @Nullable Bucket bucket(@Nullable Bucket before, @Nullable Long perMinute) {
    if (perMinute == null) {
      return null;
    }
    Bandwidth bandwidth =
        Bandwidth.builder().capacity(perMinute).refillGreedy(perMinute, MINUTE).build();
    if (before == null) {
      return Bucket.builder().addLimit(bandwidth).withCustomTimePrecision(time).build();
    }
    before.replaceConfiguration(
        BucketConfiguration.builder().addLimit(bandwidth).build(),
        TokensInheritanceStrategy.PROPORTIONALLY);
    return before;
  }

  /**
   * Enters a request, unless a limit is reached.
   *
   * @return null when it entered; it must {@link #leave}
   */
  @Nullable Over enter(Instant now) {
    Rates current = rates;
    Over over =
        underWay.incrementAndGet() > current.limits().of(Limit.REQUESTS_AT_ONCE)
            ? new Over(whose, Limit.REQUESTS_AT_ONCE, SOON)
            : overQuota(current.limits(), now);
    if (over == null) {
      over = overMinute(current);
    }
    if (over != null) {
      leave();
    }
    return over;
  }

  /** The limit that is reached now; asking takes nothing. */
  @Nullable Over over(Instant now) {
    Rates current = rates;
    if (underWay.get() >= current.limits().of(Limit.REQUESTS_AT_ONCE)) {
      return new Over(whose, Limit.REQUESTS_AT_ONCE, SOON);
    }
    Over over = overQuota(current.limits(), now);
    if (over != null) {
      return over;
    }
    over = empty(current.bytes(), Limit.BYTES_PER_MINUTE);
    return over == null ? empty(current.events(), Limit.EVENTS_PER_MINUTE) : over;
  }

  private @Nullable Over empty(@Nullable Bucket bucket, Limit limit) {
    return bucket != null && bucket.getAvailableTokens() <= 0
        ? new Over(whose, limit, waiting(bucket))
        : null;
  }

  private @Nullable Over overMinute(Rates current) {
    Over over = empty(current.bytes(), Limit.BYTES_PER_MINUTE);
    if (over != null) {
      return over;
    }
    Bucket events = current.events();
    if (events != null && !events.tryConsume(1)) {
      return new Over(whose, Limit.EVENTS_PER_MINUTE, waiting(events));
    }
    return null;
  }

  private static Duration waiting(Bucket bucket) {
    return Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
  }

  private @Nullable Over overQuota(Limits limits, Instant now) {
    if (hour.events(now) >= limits.of(Limit.EVENTS_PER_HOUR)) {
      return new Over(whose, Limit.EVENTS_PER_HOUR, hour.left(now));
    }
    if (hour.bytes(now) >= limits.of(Limit.BYTES_PER_HOUR)) {
      return new Over(whose, Limit.BYTES_PER_HOUR, hour.left(now));
    }
    if (month.events(now) >= limits.of(Limit.EVENTS_PER_MONTH)) {
      return new Over(whose, Limit.EVENTS_PER_MONTH, month.left(now));
    }
    if (month.bytes(now) >= limits.of(Limit.BYTES_PER_MONTH)) {
      return new Over(whose, Limit.BYTES_PER_MONTH, month.left(now));
    }
    return null;
  }

  /** A request has its answer. */
  void leave() {
    underWay.decrementAndGet();
  }

  /** Undoes an {@link #enter} of a request that another limit turned away. */
  void turnBack() {
    leave();
    Bucket events = rates.events();
    if (events != null) {
      events.addTokens(1);
    }
  }

  /** Charges the minute for what a body turned out to hold, the event that entered excepted. */
  void read(long moreEvents, long bytes) {
    Rates current = rates;
    consume(current.events(), moreEvents);
    consume(current.bytes(), bytes);
  }

  private static void consume(@Nullable Bucket bucket, long amount) {
    if (bucket != null && amount > 0) {
      bucket.consumeIgnoringRateLimits(amount);
    }
  }

  /** Charges the hour and the month for what was taken. */
  void taken(Instant now, long events, long bytes) {
    hour.add(now, events, bytes);
    month.add(now, events, bytes);
  }
}
