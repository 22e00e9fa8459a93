package io.levee.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The short form of {@code levee bench proof-crash} and {@code proof-faults}. */
final class ITCrashStates {
  private static final long SEED = 20261122;

  @Test
  void everyCrashKeepsWhatWasAccepted() throws InterruptedException {
    CrashStates.Result result = new CrashStates(SEED, 60, 3, false).judge(200);

    assertThat(result.wrong()).isEmpty();
    assertThat(result.judged()).isGreaterThanOrEqualTo(200);
    assertThat(result.accepted()).isGreaterThanOrEqualTo(60);
  }

  @Test
  void diskThatLiesAboutForceIsFoundOut() throws InterruptedException {
    CrashStates.Result result = new CrashStates(SEED, 60, 1, true).judge(50);

    assertThat(result.wrongs()).as("negative control").isPositive();
    assertThat(result.wrong().toString()).contains("accepted and lost");
  }

  @Test
  void noFailureOfTheDiskMakesAFalseYes() throws InterruptedException {
    FaultRuns.Result result = new FaultRuns(SEED, 30, 5).judge();

    assertThat(result.wrong()).isEmpty();
    assertThat(result.runs()).isGreaterThan(40);
    assertThat(result.accepted()).isPositive();
  }
}
