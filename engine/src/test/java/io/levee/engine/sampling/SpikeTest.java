package io.levee.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.measure.LedgerStore;
import io.levee.engine.measure.Outcome;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SpikeTest {
  private static final ProjectId SHOP = new ProjectId(1);
  private static final long MINUTE = 60_000_000_000L;

  private final AtomicLong nanos = new AtomicLong();
  private final SpikeWatch watch = new SpikeWatch((project, now) -> 100, nanos::get);

  private int ask(int times) {
    int threshold = 0;
    for (int i = 0; i < times; i++) {
      threshold = watch.threshold(SHOP, nanos.get());
    }
    return threshold;
  }

  @Test
  void goesByTheMedianOfEarlierDays() {
    assertThat(SpikeBaseline.perMinute(List.of(60_000L, 66_000L, 6_000_000L)))
        .hasValue(1_100 * SpikeBaseline.FACTOR);
    assertThat(SpikeBaseline.perMinute(List.of(60_000L, 0L, 66_000L, 72_000L)))
        .hasValue(1_050 * SpikeBaseline.FACTOR);
  }

  @Test
  void saysNothingOfAProjectThatIsTooYoung() {
    assertThat(SpikeBaseline.perMinute(List.of(60_000L, 60_000L))).isEmpty();
  }

  @Test
  void aQuietProjectHasAFloor() {
    assertThat(SpikeBaseline.perMinute(List.of(0L, 0L, 60L)))
        .hasValue(SpikeBaseline.FLOOR_PER_MINUTE);
  }

  @Test
  void aSpikeMakesTheThresholdATenthUntilAMinuteIsQuiet() {
    watch.limit(SHOP, OptionalLong.of(1_000));

    assertThat(ask(1_000)).isEqualTo(100);
    assertThat(ask(1)).isEqualTo(10);
    assertThat(watch.spike(SHOP)).isEqualTo(new SpikeWatch.Spike(1_001, 1_000));
    nanos.addAndGet(MINUTE);
    assertThat(ask(1)).isEqualTo(10);
    nanos.addAndGet(MINUTE);
    assertThat(ask(1)).isEqualTo(100);
    assertThat(watch.spike(SHOP)).isNull();
  }

  @Test
  void aSpikeThatLastsDoesNotBecomeUsual() {
    watch.limit(SHOP, OptionalLong.of(1_000));

    for (int minute = 0; minute < 120; minute++) {
      ask(5_000);
      nanos.addAndGet(MINUTE);
    }

    assertThat(ask(1)).isEqualTo(10);
  }

  @Test
  void theUsualIsWhatTheLedgerSaysOfTheSameHourOfEarlierDays() {
    Instant now = Instant.parse("2026-11-22T15:20:00Z");
    Instant created = Instant.parse("2026-11-17T00:00:00Z");
    Project shop = new Project(SHOP, "shop", "Shop", new UUID(1, 1), 90, created);
    List<LedgerEntry> lines = new ArrayList<>();
    for (int day = 17; day <= 22; day++) {
      Instant hour = Instant.parse("2026-11-" + day + "T15:05:00Z");
      lines.add(line(hour, Outcome.ACCEPTED, "error", 20_000));
      lines.add(line(hour, Outcome.SAMPLED_OUT, "error", 10_000));
      lines.add(line(hour, Outcome.ACCEPTED, "log", 1_000_000));
      lines.add(line(hour, Outcome.DUPLICATE, "error", 1_000_000));
      lines.add(line(hour.minusSeconds(3_600), Outcome.ACCEPTED, "error", 9_000_000));
    }

    assertThat(LedgerHours.of(new ListLedger(lines), shop, now))
        .containsExactly(30_000L, 30_000L, 30_000L, 30_000L, 30_000L);
    watch.refresh(List.of(shop), new ListLedger(lines), now);
    ask(2_501);
    assertThat(watch.spike(SHOP)).isEqualTo(new SpikeWatch.Spike(2_501, 2_500));
  }

  private static LedgerEntry line(Instant minute, Outcome outcome, String category, long quantity) {
    return new LedgerEntry(SHOP, "", minute, outcome, category, "", quantity);
  }

  /** A ledger that can only be read. */
  private record ListLedger(List<LedgerEntry> lines) implements LedgerStore {
    @Override
    public List<LedgerEntry> read(ProjectScope scope, TimeRange range) {
      return lines.stream().filter(line -> range.contains(line.minute())).toList();
    }

    @Override
    public void add(List<LedgerEntry> entries) {
      throw new IllegalStateException("not in this test");
    }

    @Override
    public boolean addOnce(long generation, List<LedgerEntry> entries) {
      throw new IllegalStateException("not in this test");
    }

    @Override
    public long generation() {
      return 0;
    }

    @Override
    public List<LedgerEntry> readUnknown(TimeRange range) {
      return List.of();
    }

    @Override
    public void retain(Instant from) {}

    @Override
    public String group() {
      return "measure";
    }

    @Override
    public Positions committed() {
      return Positions.START;
    }

    @Override
    public void apply(List<Delivery> batch) {}

    @Override
    public Positions flush() {
      return Positions.START;
    }
  }

  @Test
  void withoutABaselineNothingIsASpike() {
    assertThat(ask(1_000_000)).isEqualTo(100);
  }

  @Test
  void aProjectCanHaveItsOwnThreshold() {
    Map<ProjectId, Integer> stored = new HashMap<>();
    Thresholds thresholds = new Thresholds(new HeapSettings(stored), 100);

    thresholds.set(SHOP, 7);
    assertThat(thresholds.of(SHOP)).isEqualTo(7);
    assertThat(thresholds.of(new ProjectId(2))).isEqualTo(100);
    thresholds.set(SHOP, 0);
    assertThat(thresholds.threshold(SHOP, 0)).isEqualTo(SamplingRules.OFF);
    thresholds.reset(SHOP);
    assertThat(thresholds.isOwn(SHOP)).isFalse();
    assertThatThrownBy(() -> thresholds.set(SHOP, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  private record HeapSettings(Map<ProjectId, Integer> stored) implements SamplingSettings {
    @Override
    public Map<ProjectId, Integer> thresholds() {
      return Map.copyOf(stored);
    }

    @Override
    public void set(ProjectId project, int threshold) {
      if (threshold < 0) {
        stored.remove(project);
      } else {
        stored.put(project, threshold);
      }
    }
  }
}
