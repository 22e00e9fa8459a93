package io.levee.engine.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.measure.UsageStore;
import io.levee.engine.measure.UsageStore.Usage;
import io.levee.engine.registry.Sender;
import io.levee.engine.run.BackendException;
import io.levee.event.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BudgetTest {
  private static final ProjectId SHOP = new ProjectId(1);
  private static final Sender PROJECT = Sender.unknownKey(SHOP);
  private static final Sender ONE = new Sender(SHOP, "11111111");
  private static final Sender TWO = new Sender(SHOP, "22222222");
  private static final Sender OTHERS = new Sender(new ProjectId(2), "33333333");
  private static final Instant NOON = Instant.parse("2026-11-21T12:30:00Z");

  private final HeapLimits limits = new HeapLimits();
  private final HeapUsage usage = new HeapUsage();
  private final StoodClock clock = new StoodClock();
  private Budget budget = budget(Limits.NONE);

  private Budget budget(Limits defaults) {
    return new Budget(limits, usage, defaults, clock, () -> clock.nanos, new Random(1));
  }

  private boolean admits(Sender sender) {
    return switch (budget.admit(sender)) {
      case Admission.Admitted admitted -> {
        admitted.close();
        yield true;
      }
      case Admission.Turned ignored -> false;
    };
  }

  private Verdict.Throttled turned(Sender sender) {
    Admission admission = budget.admit(sender);
    assertThat(admission).isInstanceOf(Admission.Turned.class);
    return ((Admission.Turned) admission).throttled();
  }

  @Test
  void admitsEverybodyWithoutLimits() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(admits(ONE)).isTrue();
    }
  }

  @Test
  void turnsAwayWithoutTakingAnything() {
    limits.change(PROJECT, Limits.NONE.with(Limit.EVENTS_PER_MINUTE, 2L));

    assertThat(budget.turnAway(ONE)).as("one who was never met").isNull();
    assertThat(admits(ONE)).isTrue();
    assertThat(budget.turnAway(ONE)).as("one of two is left").isNull();
    assertThat(admits(ONE)).isTrue();
    Verdict.Throttled throttled = Objects.requireNonNull(budget.turnAway(ONE));
    assertThat(throttled.reason()).isEqualTo("project events per minute");

    clock.pass(Budget.LOOK_EVERY.plusMillis(1));
    assertThat(budget.turnAway(ONE)).as("limits must be looked at again").isNull();
    assertThat(turned(ONE).reason()).isEqualTo("project events per minute");
    assertThat(budget.turnAway(ONE)).isNotNull();
  }

  @Test
  void keysShareTheirProjectsMinuteAndNobodyElses() {
    limits.change(PROJECT, Limits.NONE.with(Limit.EVENTS_PER_MINUTE, 3L));

    assertThat(admits(ONE)).isTrue();
    assertThat(admits(TWO)).isTrue();
    assertThat(admits(ONE)).isTrue();
    assertThat(turned(TWO).reason()).isEqualTo("project events per minute");
    assertThat(admits(OTHERS)).isTrue();
  }

  @Test
  void theMinuteFillsUpAgainBitByBit() {
    limits.change(PROJECT, Limits.NONE.with(Limit.EVENTS_PER_MINUTE, 6L));
    for (int i = 0; i < 6; i++) {
      assertThat(admits(ONE)).isTrue();
    }
    assertThat(admits(ONE)).isFalse();

    clock.pass(Duration.ofSeconds(10));

    assertThat(admits(ONE)).isTrue();
    assertThat(admits(ONE)).isFalse();
  }

  @Test
  void aKeysOwnLimitStopsThatKeyAndChargesTheProjectNothing() {
    limits.change(PROJECT, Limits.NONE.with(Limit.EVENTS_PER_MINUTE, 2L));
    limits.change(ONE, Limits.NONE.with(Limit.EVENTS_PER_MINUTE, 1L));
    assertThat(admits(ONE)).isTrue();

    for (int i = 0; i < 10; i++) {
      assertThat(turned(ONE).reason()).isEqualTo("key events per minute");
    }

    assertThat(admits(TWO)).isTrue();
    assertThat(turned(TWO).reason()).isEqualTo("project events per minute");
  }

  @Test
  void bytesAndFurtherEventsAreChargedEvenIntoDebt() {
    limits.change(
        PROJECT,
        Limits.NONE.with(Limit.EVENTS_PER_MINUTE, 60L).with(Limit.BYTES_PER_MINUTE, 6_000L));
    assertThat(admits(ONE)).isTrue();
    budget.read(ONE, 9_000);
    assertThat(turned(ONE).reason()).isEqualTo("project bytes per minute");
    assertThat(turned(ONE).retryAfter()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(40));
    clock.pass(Duration.ofSeconds(31));
    assertThat(admits(ONE)).isTrue();

    budget.decoded(ONE, 100);

    assertThat(turned(ONE).reason()).isEqualTo("project events per minute");
    clock.pass(Duration.ofMinutes(2));
    assertThat(admits(ONE)).isTrue();
  }

  @Test
  void requestsUnderWayAreLimited() {
    limits.change(PROJECT, Limits.NONE.with(Limit.REQUESTS_AT_ONCE, 2L));
    Admission first = budget.admit(ONE);
    Admission second = budget.admit(TWO);
    assertThat(turned(ONE).reason()).isEqualTo("project requests at once");

    ((Admission.Admitted) first).close();
    ((Admission.Admitted) first).close();

    assertThat(budget.admit(ONE)).isInstanceOf(Admission.Admitted.class);
    assertThat(turned(ONE).reason()).isEqualTo("project requests at once");
    ((Admission.Admitted) second).close();
  }

  @Test
  void theHourBeginsAnewWithTheClocksHour() {
    limits.change(PROJECT, Limits.NONE.with(Limit.EVENTS_PER_HOUR, 10L));
    assertThat(admits(ONE)).isTrue();
    budget.taken(ONE, 10, 500);

    Verdict.Throttled over = turned(TWO);
    assertThat(over.reason()).isEqualTo("project events per hour");
    assertThat(over.retryAfter()).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(38));

    clock.pass(Duration.ofMinutes(30));
    assertThat(admits(TWO)).isTrue();
  }

  @Test
  void nobodyIsToldToWaitForTheMonthToEnd() {
    limits.change(ONE, Limits.NONE.with(Limit.BYTES_PER_MONTH, 1_000L));
    budget.taken(ONE, 1, 1_000);

    Verdict.Throttled over = turned(ONE);

    assertThat(over.reason()).isEqualTo("key bytes per month");
    assertThat(over.retryAfter()).isBetween(Duration.ofHours(1), Duration.ofMinutes(75));
    clock.pass(Duration.ofDays(10));
    assertThat(admits(ONE)).isTrue();
  }

  @Test
  void whatWasUsedBeforeARestartStaysUsed() {
    limits.change(PROJECT, Limits.NONE.with(Limit.EVENTS_PER_MONTH, 100L));
    usage.used.put(PROJECT, new Usage(99, 5_000));
    budget = budget(Limits.NONE);

    assertThat(admits(ONE)).isTrue();
    budget.taken(ONE, 1, 10);

    assertThat(turned(ONE).reason()).isEqualTo("project events per month");
    assertThat(usage.askedFrom)
        .contains(Instant.parse("2026-11-21T12:00:00Z"), Instant.parse("2026-11-01T00:00:00Z"));
  }

  @Test
  void aChangedLimitIsInForceWithinSeconds() {
    limits.change(PROJECT, Limits.NONE.with(Limit.EVENTS_PER_MINUTE, 1L));
    assertThat(admits(ONE)).isTrue();
    assertThat(admits(ONE)).isFalse();

    limits.change(PROJECT, Limits.NONE.with(Limit.EVENTS_PER_MINUTE, 6_000L));
    clock.pass(Budget.LOOK_EVERY.plusMillis(500));

    for (int i = 0; i < 50; i++) {
      assertThat(admits(ONE)).isTrue();
    }
  }

  @Test
  void limitsThatCannotBeReadStayInForce() {
    limits.change(PROJECT, Limits.NONE.with(Limit.EVENTS_PER_MINUTE, 1L));
    assertThat(admits(ONE)).isTrue();

    limits.failure = new BackendException.Unavailable("test", "limits", "away", null);
    clock.pass(Duration.ofSeconds(5));

    assertThat(admits(ONE)).isFalse();
    assertThatThrownBy(() -> budget.admit(OTHERS)).isInstanceOf(BackendException.class);
  }

  @Test
  void theServersDefaultsHoldWhereAProjectHasNoneOfItsOwn() {
    budget = budget(Limits.NONE.with(Limit.EVENTS_PER_MINUTE, 1L));
    limits.change(PROJECT, Limits.NONE.with(Limit.EVENTS_PER_MINUTE, 2L));

    assertThat(admits(ONE)).isTrue();
    assertThat(admits(ONE)).isTrue();
    assertThat(admits(ONE)).isFalse();
    assertThat(admits(OTHERS)).isTrue();
    assertThat(admits(OTHERS)).isFalse();
  }

  @Test
  void clientsAreToldToComeBackAtDifferentMoments() {
    Set<Duration> waits = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Duration wait = budget.spread(Duration.ofMinutes(1));
      assertThat(wait).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(75));
      waits.add(wait);
    }
    assertThat(waits).hasSizeGreaterThan(50);
    assertThat(budget.spread(Duration.ZERO))
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
  }

  @Test
  void limitsOutOfTheirRangeAreRefused() {
    assertThatThrownBy(() -> Limits.NONE.with(Limit.EVENTS_PER_HOUR, 0L))
        .hasMessageContaining("events_per_hour: 0 (expected: 1..");
    assertThatThrownBy(() -> Limits.NONE.with(Limit.REQUESTS_AT_ONCE, 10_001L))
        .hasMessageContaining("requests_at_once: 10001 (expected: 1..10000)");
    for (Limit limit : Limit.values()) {
      assertThat(Limit.ofWireName(limit.wireName())).isEqualTo(limit);
    }
    assertThat(Limits.projectDefaults(1).values()).containsOnlyKeys(Limit.values());
  }

  private static final class HeapLimits implements LimitStore {
    private final Map<Sender, Limits> all = new HashMap<>();
    private @Nullable BackendException failure;

    @Override
    public Limits limits(Sender sender) {
      if (failure != null) {
        throw failure;
      }
      return all.getOrDefault(sender, Limits.NONE);
    }

    @Override
    public void change(Sender sender, Limits limits) {
      all.put(sender, limits);
    }
  }

  private static final class HeapUsage implements UsageStore {
    private final Map<Sender, Usage> used = new HashMap<>();
    private final Set<Instant> askedFrom = new HashSet<>();

    @Override
    public Usage usage(Sender sender, Instant from, Instant to) {
      askedFrom.add(from);
      return used.getOrDefault(sender, Usage.NONE);
    }
  }

  private static final class StoodClock extends Clock {
    private Instant now = NOON;
    private long nanos;

    void pass(Duration time) {
      now = now.plus(time);
      nanos += time.toNanos();
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("UTC alone");
    }
  }
}
