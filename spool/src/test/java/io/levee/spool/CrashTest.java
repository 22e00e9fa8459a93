package io.levee.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.levee.spool.FaultyStorage.Loss;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The power goes, or the process is killed, at every single operation on the storage. */
final class CrashTest {

  /** States tried for each operation; more with {@code -Dspool.seeds=}. */
  private static final int SEEDS = Integer.getInteger("spool.seeds", 2);

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

  @Test
  void forcesWhatItShowsThoughTheFooterCantBeWritten() {
    FaultyStorage storage = new FaultyStorage();
    storage.ignoreForce();
    Spool spool = Scenario.open(storage, 1);
    spool.append(new byte[10]);
    FaultyStorage killed = storage.afterKill();
    spool.close();
    List<String> journal = journalOfOpening(killed.afterKill());
    int footer =
        journal.indexOf(
            journal.stream().filter(what -> what.startsWith("write ")).findFirst().orElseThrow());
    killed.failAt(footer + 1, FaultyStorage.Fault.IO_ERROR);

    assertThat(seen(killed)).hasSize(1);

    assertThat(seen(killed.afterPowerCut(Loss.EVERYTHING, 1))).hasSize(1);
  }

  private static List<String> journalOfOpening(FaultyStorage storage) {
    Scenario.open(storage, 2).close();
    return storage.journal();
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

  @Test
  void keepsGroupsWholeWhenABatchOfManyIsTorn() throws InterruptedException {
    FaultyStorage storage = new FaultyStorage();
    GatedStorage gated = new GatedStorage(storage);
    Set<Integer> acked = ConcurrentHashMap.newKeySet();
    Spool spool = Spool.open(gated, SpoolOptions.defaults());
    append(spool, 1, acked);
    gated.shut();
    List<Thread> callers = new ArrayList<>();
    callers.add(Thread.ofVirtual().start(() -> append(spool, 2, acked)));
    await().until(() -> spool.stats().queuedBytes() > 0);
    long before = spool.stats().queuedBytes();
    for (int group = 3; group <= 20; group++) {
      int number = group;
      callers.add(Thread.ofVirtual().start(() -> append(spool, number, acked)));
    }
    long queued = before + IntStream.rangeClosed(3, 20).mapToLong(CrashTest::bytes).sum();
    await().until(() -> spool.stats().queuedBytes() == queued);
    storage.failAt(
        storage.operations() + 3,
        FaultyStorage.Fault.IO_ERROR); // one force, then a write and its force
    gated.open();
    for (Thread caller : callers) {
      caller.join();
    }
    spool.close();

    assertThat(acked).containsExactlyInAnyOrder(1, 2);
    Set<Integer> seen = new HashSet<>();
    for (int seed = 0; seed < 100 * SEEDS; seed++) {
      FaultyStorage left = storage.afterPowerCut(Loss.RANDOM, seed);
      Map<Integer, Integer> groups = groups(left);
      try (Spool next = Spool.open(left, SpoolOptions.defaults())) {
        append(next, 21, acked);
      }
      Map<Integer, Integer> again = groups(left);
      assertThat(again.remove(21)).isEqualTo(1);
      assertThat(again).as("seed %d, next start", seed).isEqualTo(groups);
      assertThat(groups).as("seed %d", seed).containsKeys(1, 2);
      groups.forEach(
          (group, records) -> assertThat(records).as("group %d", group).isEqualTo(1 + group % 3));
      seen.add(groups.size());
    }
    assertThat(seen).as("some cuts keep a part of the batch").hasSizeGreaterThan(3);
  }

  private static long bytes(int group) {
    return (1 + group % 3) * (RecordCodec.HEADER_BYTES + 40L);
  }

  private static void append(Spool spool, int group, Set<Integer> acked) {
    byte[] record = new byte[40];
    record[0] = (byte) group;
    try {
      spool.append(Collections.nCopies(1 + group % 3, ByteBuffer.wrap(record)));
      acked.add(group);
    } catch (SpoolException.Failed torn) {
      assertThat(torn).hasMessageContaining("I/O error");
    }
  }

  /** How many records of each group can be seen. */
  private static Map<Integer, Integer> groups(FaultyStorage storage) {
    Map<Integer, Integer> groups = new TreeMap<>();
    try (Spool spool = Spool.open(storage, SpoolOptions.defaults());
        SpoolReader reader = spool.reader("index")) {
      for (SpoolRecord record : reader.poll(100, 1 << 20, Duration.ZERO)) {
        groups.merge((int) record.payload().get(0), 1, Integer::sum);
      }
      assertThat(spool.stats().lost()).isZero();
    }
    return groups;
  }

  private static void verify(Scenario scenario, FaultyStorage left, String what) {
    try {
      scenario.verify(left);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(what + ", files " + left.files(), e);
    }
  }
}
