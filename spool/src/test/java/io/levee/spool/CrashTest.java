package io.levee.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.spool.FaultyStorage.Loss;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The power goes, or the process is killed, at every single operation on the storage. */
final class CrashTest {

  /** States tried for each operation; more with {@code -Dspool.seeds=}. */
  private static final int SEEDS = Integer.getInteger("spool.seeds", 4);

  private static long operations() {
    FaultyStorage storage = new FaultyStorage();
    new Scenario().run(storage);
    return storage.operations();
  }

  @Test
  void keepsEveryPromiseWhereverThePowerGoes() {
    long operations = operations();
    assertThat(operations).isGreaterThan(100);
    for (long cut = 1; cut <= operations; cut++) {
      FaultyStorage storage = new FaultyStorage();
      storage.cutAt(cut);
      Scenario scenario = new Scenario();
      scenario.run(storage);
      for (int seed = 0; seed < SEEDS; seed++) {
        verify(
            scenario,
            storage.afterPowerCut(Loss.RANDOM, cut * 1000 + seed),
            "cut " + cut + ", seed " + seed);
      }
      verify(scenario, storage.afterPowerCut(Loss.EVERYTHING, cut), "cut " + cut + ", all lost");
      verify(scenario, storage.afterPowerCut(Loss.NOTHING, cut), "cut " + cut + ", none lost");
    }
  }

  @Test
  void keepsEveryPromiseWhenItIsCutAgainWhileRecovering() {
    long operations = operations();
    for (long cut = 1; cut <= operations; cut += 3) {
      FaultyStorage storage = new FaultyStorage();
      storage.cutAt(cut);
      Scenario scenario = new Scenario();
      scenario.run(storage);
      for (int again = 1; again <= 8; again++) {
        FaultyStorage second = storage.afterPowerCut(Loss.RANDOM, cut);
        second.cutAt(again);
        scenario.run(second);
        verify(
            scenario,
            second.afterPowerCut(Loss.RANDOM, cut * 100 + again),
            "cut " + cut + ", again " + again);
      }
    }
  }

  @Test
  void showsNothingAfterAKillThatAPowerCutCouldStillTake() {
    long operations = operations();
    for (long cut = 1; cut <= operations; cut++) {
      FaultyStorage storage = new FaultyStorage();
      storage.cutAt(cut);
      new Scenario().run(storage);
      FaultyStorage killed = storage.afterKill();

      Map<Long, String> seen = seen(killed);

      assertThat(seen(killed.afterPowerCut(Loss.EVERYTHING, cut)))
          .as("cut " + cut)
          .containsAllEntriesOf(seen);
    }
  }

  private static Map<Long, String> seen(FaultyStorage storage) {
    try (Spool spool = Scenario.open(storage, 77);
        SpoolReader reader = spool.reader("index")) {
      return Scenario.drain(reader);
    }
  }

  @Test
  void losesPromisesWhenForceIsSwitchedOff() {
    FaultyStorage storage = new FaultyStorage();
    storage.ignoreForce();
    Scenario scenario = new Scenario();
    scenario.run(storage);
    assertThat(scenario.promised()).isGreaterThan(30);

    FaultyStorage left = storage.afterPowerCut(Loss.EVERYTHING, 1);

    assertThatThrownBy(() -> scenario.verify(left))
        .as("negative control: the check must see that promises were broken")
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("promised");
  }

  private static void verify(Scenario scenario, FaultyStorage left, String what) {
    try {
      scenario.verify(left);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(what + ", files " + left.files(), e);
    }
  }
}
