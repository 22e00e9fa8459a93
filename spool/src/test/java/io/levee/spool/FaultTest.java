package io.levee.spool;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.spool.FaultyStorage.Fault;
import io.levee.spool.FaultyStorage.Loss;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The storage fails at every single operation, in every way. */
final class FaultTest {

  /** Rounds of several faults; more with {@code -Dspool.seeds=}. */
  private static final int SEEDS = Integer.getInteger("spool.seeds", 2);

  private static final byte[] RECORD = "record".getBytes(US_ASCII);

  private static long operations() {
    FaultyStorage storage = new FaultyStorage();
    new Scenario().run(storage);
    return storage.operations();
  }

  @Test
  void neverSaysYesFalselyWhicheverOperationFails() {
    long operations = operations();
    for (Fault fault : Fault.values()) {
      for (long at = 1; at <= operations; at++) {
        FaultyStorage storage = new FaultyStorage();
        storage.failAt(at, fault);
        runAndVerify(storage, fault + " at " + at);
      }
    }
  }

  @Test
  void neverSaysYesFalselyWhenSeveralOperationsFail() {
    long operations = operations();
    List<Fault> faults = List.of(Fault.values());
    SplittableRandom random = new SplittableRandom(20261121);
    for (int round = 0; round < 50 * SEEDS; round++) {
      FaultyStorage storage = new FaultyStorage();
      for (int i = 0; i < 6; i++) {
        storage.failAt(1 + random.nextLong(operations), faults.get(random.nextInt(3)));
      }
      runAndVerify(storage, "round " + round);
    }
  }

  private static void runAndVerify(FaultyStorage storage, String what) {
    Scenario scenario = new Scenario();
    try {
      scenario.run(storage);
      FaultyStorage killed = storage.afterKill();
      FaultyStorage cut = storage.afterPowerCut(Loss.EVERYTHING, 1);
      FaultyStorage torn = storage.afterPowerCut(Loss.RANDOM, 2);
      scenario.verify(killed);
      scenario.verify(cut);
      scenario.verify(torn);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(what + ": " + storage.journal(), e);
    }
  }

  @Test
  void goesOnInANewFileAfterOneFailure() {
    FaultyStorage storage = new FaultyStorage();
    try (Spool spool = Scenario.open(storage, 1);
        SpoolReader reader = spool.reader("index")) {
      spool.append(RECORD);
      storage.failAt(storage.operations() + 2, Fault.IO_ERROR); // write, then force

      assertThatThrownBy(() -> spool.append(RECORD))
          .isInstanceOf(SpoolException.Failed.class)
          .hasMessageContaining("I/O error");
      assertThat(spool.append(RECORD)).isEqualTo(1);

      assertThat(Scenario.drain(reader)).containsOnlyKeys(0L, 1L);
      assertThat(spool.state()).isEqualTo(Spool.State.OPEN);
      assertThat(spool.stats().failures()).isEqualTo(1);
      assertThat(storage.files()).filteredOn(file -> file.endsWith(".seg")).hasSize(2);
    }
  }

  @Test
  void whatAFailedForceLeftIsSafeOnceItIsShown() {
    FaultyStorage storage = new FaultyStorage();
    try (Spool spool = Scenario.open(storage, 1)) {
      spool.append(RECORD);
      storage.failAt(storage.operations() + 2, Fault.IO_ERROR); // write, then force
      assertThatThrownBy(() -> spool.append(RECORD)).isInstanceOf(SpoolException.Failed.class);
    } // no file was begun after it that would supersede the record

    FaultyStorage killed = storage.afterKill();
    int shown;
    try (Spool spool = Scenario.open(killed, 2);
        SpoolReader reader = spool.reader("index")) {
      shown = Scenario.drain(reader).size();
    }

    FaultyStorage cut = killed.afterPowerCut(Loss.EVERYTHING, 1);
    try (Spool spool = Scenario.open(cut, 3);
        SpoolReader reader = spool.reader("late")) {
      assertThat(Scenario.drain(reader)).hasSize(shown);
      assertThat(spool.stats().lost()).isZero();
    }
  }

  @Test
  void isReadOnlyAfterTwoFailuresInARow() {
    FaultyStorage storage = new FaultyStorage();
    try (Spool spool = Scenario.open(storage, 1);
        SpoolReader reader = spool.reader("index")) {
      spool.append(RECORD);
      storage.cutAt(storage.operations() + 1);

      assertThatThrownBy(() -> spool.append(RECORD)).isInstanceOf(SpoolException.Failed.class);
      assertThatThrownBy(() -> spool.append(RECORD)).isInstanceOf(SpoolException.Failed.class);
      assertThatThrownBy(() -> spool.append(RECORD))
          .isInstanceOf(SpoolException.ReadOnly.class)
          .hasMessageContaining("2 writes in a row failed")
          .hasMessageContaining("power is gone");
      assertThatThrownBy(spool::barrier).isInstanceOf(SpoolException.ReadOnly.class);

      assertThat(spool.state()).isEqualTo(Spool.State.READ_ONLY);
      assertThat(spool.stats().readOnly())
          .hasValueSatisfying(why -> assertThat(why).contains("power is gone"));
      assertThat(Scenario.drain(reader)).containsOnlyKeys(0L);
    }
  }

  @Test
  void goesOnByItselfWhenTheDiskWorksAgain() {
    FaultyStorage storage = new FaultyStorage();
    SpoolOptions quick = Scenario.OPTIONS.withMendDelay(Duration.ofMillis(1));
    try (Spool spool = Spool.open(storage, quick, Clock.systemUTC(), new SplittableRandom(1))) {
      assertThat(spool.append(RECORD)).isZero();
      for (int i = 1; i <= 8; i++) {
        storage.failAt(storage.operations() + i, Fault.IO_ERROR);
      }
      assertThatThrownBy(() -> spool.append(RECORD)).isInstanceOf(SpoolException.Failed.class);
      assertThatThrownBy(() -> spool.append(RECORD)).isInstanceOf(SpoolException.class);

      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (storage.operations() < 10 || spool.state() != Spool.State.OPEN) {
        assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
        Thread.onSpinWait();
      }
      assertThat(spool.append(RECORD)).isEqualTo(1);
      assertThat(spool.stats().readOnly()).isEmpty();
    }
    assertThat(storage.files()).doesNotContain("probe");

    FaultyStorage after = storage.afterPowerCut(FaultyStorage.Loss.EVERYTHING, 1);
    try (Spool spool = Scenario.open(after, 2);
        SpoolReader reader = spool.reader("late")) {
      assertThat(Scenario.drain(reader)).containsOnlyKeys(0L, 1L);
    }
  }

  @Test
  void aFailureRightAfterMendingMakesItReadOnlyAtOnce() {
    FaultyStorage storage = new FaultyStorage();
    SpoolOptions quick = Scenario.OPTIONS.withMendDelay(Duration.ofMillis(1));
    try (Spool spool = Spool.open(storage, quick, Clock.systemUTC(), new SplittableRandom(1))) {
      storage.failAt(storage.operations() + 1, Fault.IO_ERROR);
      storage.failAt(storage.operations() + 2, Fault.IO_ERROR);
      assertThatThrownBy(() -> spool.append(RECORD)).isInstanceOf(SpoolException.Failed.class);
      assertThatThrownBy(() -> spool.append(RECORD)).isInstanceOf(SpoolException.Failed.class);
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (spool.state() != Spool.State.OPEN) {
        assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
        Thread.onSpinWait();
      }

      storage.cutAt(storage.operations() + 2);
      assertThatThrownBy(() -> spool.append(RECORD)).isInstanceOf(SpoolException.Failed.class);

      assertThat(spool.state()).isEqualTo(Spool.State.READ_ONLY);
      assertThatThrownBy(() -> spool.append(RECORD)).isInstanceOf(SpoolException.ReadOnly.class);
    }
  }
}
