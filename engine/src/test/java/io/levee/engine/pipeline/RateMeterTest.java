package io.levee.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RateMeterTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong nanos = new AtomicLong();
  private final RateMeter meter = new RateMeter(nanos::get);

  @Test
  void isTheMeanOfTheFullSecondsSoFar() {
    meter.count(10);
    nanos.addAndGet(SECOND);
    meter.count(30);
    nanos.addAndGet(SECOND);

    assertThat(meter.perSecond()).isEqualTo(20);
  }

  @Test
  void forgetsWhatIsOlderThanTenSeconds() {
    meter.count(1_000);
    nanos.addAndGet(11 * SECOND);

    assertThat(meter.perSecond()).isZero();
  }

  @Test
  void doesNotCountTheSecondThatIsRunning() {
    nanos.addAndGet(5 * SECOND);
    meter.count(1_000);

    assertThat(meter.perSecond()).isZero();
  }
}
