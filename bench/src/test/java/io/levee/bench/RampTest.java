package io.levee.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RampTest {
  private final Ramp ramp = new Ramp(1_000, 1_000, 50_000, Duration.ofSeconds(1));
  private final Report report = new Report(new PrintWriter(new StringWriter()));

  @Test
  void kneeIsLastGoodStepBeforeTwoFailures() throws IOException {
    Optional<LoadReport> knee =
        ramp.climb((rate, length) -> load(rate, Math.min(rate, 4_600)), report);

    assertThat(knee.orElseThrow().ratePerSecond()).isEqualTo(5_000);
  }

  @Test
  void oneFailureIsForgiven() throws IOException {
    Optional<LoadReport> knee =
        ramp.climb((rate, length) -> load(rate, rate == 3_000 ? 0 : Math.min(rate, 7_000)), report);

    assertThat(knee.orElseThrow().ratePerSecond()).isEqualTo(7_000);
  }

  @Test
  void noGoodStepIsNoKnee() throws IOException {
    assertThat(ramp.climb((rate, length) -> load(rate, 0), report)).isEmpty();
  }

  @Test
  void lateGeneratorIsInvalid() {
    LoadReport load = load(1_000, 1_000);
    for (int i = 0; i < 20; i++) {
      load.lag().record(Duration.ofMillis(300).toNanos());
    }

    assertThat(load.valid()).isFalse();
    assertThat(load.failure()).contains("lag");
    assertThat(load.text()).contains("INVALID");
  }

  @Test
  void onePercentOfRefusalsIsTheLimit() {
    assertThat(load(10_000, 9_900).failure()).isEmpty();
    assertThat(load(10_000, 9_899).failure()).contains("bad");
  }

  private static LoadReport load(double rate, double accepted) {
    Map<Integer, Long> statuses = Map.of(200, (long) accepted, 429, (long) (rate - accepted));
    boolean refused = rate - accepted <= rate * 0.02;
    return new LoadReport(
        rate,
        Duration.ofSeconds(1),
        (long) rate,
        (long) rate,
        refused ? statuses : Map.of(200, (long) accepted),
        0,
        new LatencyHistogram(),
        new LatencyHistogram(),
        new LatencyHistogram(),
        0,
        Duration.ZERO);
  }
}
