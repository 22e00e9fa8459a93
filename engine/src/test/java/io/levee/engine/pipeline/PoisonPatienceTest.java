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
    assertThat(waitedFor(WAIT)).isEqualTo(WAIT);
    assertThat(waitedFor(WAIT)).isEqualTo(WAIT);

    assertThat(waitedFor(WAIT)).isZero();
  }

  @Test
  void countsWhatAWaitReallyTook() {
    assertThat(waitedFor(WAIT.multipliedBy(2))).isEqualTo(WAIT);

    assertThat(waitedFor(WAIT)).isZero();
  }

  @Test
  void takesAFifthOfTheTimeAtMost() {
    Duration waited = Duration.ZERO;
    for (int i = 0; i < 10_000; i++) {
      waited = waited.plus(waitedFor(WAIT));
      nanos += 10_000_000L;
    }

    // The rest of the time is 100 s.
    assertThat(waited).isBetween(Duration.ofSeconds(19), Duration.ofSeconds(22));
  }

  /** Asks for a wait; if it is granted, some time passes. */
  private Duration waitedFor(Duration time) {
    Duration granted = patience.grant(WAIT);
    if (granted.isPositive()) {
      nanos += time.toNanos();
      patience.waited();
    }
    return granted;
  }
}
