package io.levee.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PoisonPatienceTest {
  private static final Duration WAIT = Duration.ofMillis(400);

  private long nanos = 1_000_000_000L;
  private final PoisonPatience patience = new PoisonPatience(Duration.ofSeconds(1), () -> nanos);

  @Test
  void grantsWaitsUntilTheyAreTooManyTogether() {
    assertThat(patience.grant(WAIT)).isEqualTo(WAIT);
    assertThat(patience.grant(WAIT)).isEqualTo(WAIT);

    assertThat(patience.grant(WAIT)).isZero();
  }

  @Test
  void takesAFifthOfTheTimeAtMost() {
    Duration waited = Duration.ZERO;
    for (int i = 0; i < 10_000; i++) {
      waited = waited.plus(patience.grant(WAIT));
      nanos += 10_000_000L;
    }

    assertThat(waited).isBetween(Duration.ofSeconds(18), Duration.ofSeconds(21));
  }
}
