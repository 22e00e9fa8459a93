package io.levee.local.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.accept.RecentIds;
import io.levee.engine.bus.Positions;
import io.levee.engine.run.BackendException;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.spool.FaultyStorage;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventGenerator;
import io.levee.testkit.ManualClock;
import io.levee.testkit.RecentIdsContract;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DiskRecentIdsTest extends RecentIdsContract {
  private static final Instant NOON = Instant.parse("2026-11-16T12:00:00Z");
  private static final RecentIdsOptions OPTIONS =
      new RecentIdsOptions(64 * 1024, Duration.ofHours(24));

  private final ManualClock clock = new ManualClock(NOON);
  private final List<EventRecord> records = new EventGenerator(1, SHOP, NOON).records(40);
  private FaultyStorage disk = new FaultyStorage();
  private DiskRecentIds recentIds = new DiskRecentIds(disk, OPTIONS, clock);

  @BeforeEach
  void start() {
    recentIds.start();
  }

  @Override
  protected RecentIds recentIds() {
    return recentIds;
  }

  private void restartOn(FaultyStorage left) {
    disk = left;
    recentIds = new DiskRecentIds(disk, OPTIONS, clock);
    recentIds.start();
  }

  private void apply(int from, int to) {
    recentIds.apply(Deliveries.from(from, records.subList(from, to)));
  }

  private boolean claim(int record) {
    return recentIds.claim(SHOP, records.get(record).header().id());
  }

  @Test
  void knowsAfterRestartWhatWasFlushed() {
    apply(0, 20);
    recentIds.flush();

    restartOn(disk.afterPowerCut(FaultyStorage.Loss.EVERYTHING, 1));

    assertThat(recentIds.committed().offset(0)).isEqualTo(20);
    assertThat(recentIds.remembered()).isEqualTo(20);
    assertThat(claim(0)).isFalse();
    assertThat(claim(19)).isFalse();
    assertThat(claim(20)).isTrue();
  }

  @Test
  void whatWasNotFlushedComesAgainFromTheBus() {
    for (int i = 0; i < 30; i++) {
      assertThat(claim(i)).isTrue();
    }
    apply(0, 20);
    recentIds.flush();
    apply(20, 30);

    restartOn(disk.afterKill());
    assertThat(recentIds.committed().offset(0)).isEqualTo(20);
    apply(20, 30);

    for (int i = 0; i < 30; i++) {
      assertThat(claim(i)).isFalse();
    }
    assertThat(claim(30)).isTrue();
  }

  @Test
  void claimThatNeverReachedTheBusIsForgottenByRestart() {
    claim(0);

    restartOn(disk.afterKill());

    assertThat(claim(0)).isTrue();
  }

  @Test
  void seeingClaimedIdsOnTheBusChangesNothing() {
    claim(0);
    claim(1);

    apply(0, 2);
    apply(0, 2);

    assertThat(recentIds.remembered()).isEqualTo(2);
    assertThat(claim(0)).isFalse();
  }

  @Test
  void forgetsWhatIsOlderThanItsAge() {
    claim(0);
    clock.advance(Duration.ofHours(12));
    claim(1);
    clock.advance(Duration.ofHours(11).plusMinutes(59));
    assertThat(claim(0)).isFalse();

    clock.advance(Duration.ofHours(2));
    claim(2);
    clock.advance(Duration.ofHours(1));

    assertThat(claim(0)).isTrue();
    assertThat(claim(1)).isFalse();
    clock.advance(Duration.ofDays(300));
    assertThat(claim(1)).isTrue();
    recentIds.tick();
    assertThat(recentIds.remembered()).isEqualTo(1);
  }

  @Test
  void forgetsTheOldestWhenThereAreTooMany() {
    List<EventId> ids = ids(3, 150_000);

    ids.forEach(id -> recentIds.claim(SHOP, id));

    assertThat(recentIds.remembered()).isBetween(50_000L, 64L * 1024);
    assertThat(recentIds.claim(SHOP, ids.getLast())).isFalse();
    assertThat(recentIds.claim(SHOP, ids.get(120_000))).isFalse();
    assertThat(recentIds.claim(SHOP, ids.getFirst())).isTrue();
  }

  @Test
  void memoryGrowsWithUse() {
    DiskRecentIds large = new DiskRecentIds(new FaultyStorage(), RecentIdsOptions.DEFAULT, clock);
    large.start();
    assertThat(large.memoryBytes()).isLessThan(96 * 1024);

    ids(4, 100_000).forEach(id -> large.claim(SHOP, id));

    assertThat(large.memoryBytes()).isBetween(100_000L * 8, 100_000L * 28);
  }

  @Test
  void deletesFilesThatAreTooOld() {
    for (int hour = 0; hour < 40; hour++) {
      apply(hour, hour + 1);
      recentIds.flush();
      clock.advance(Duration.ofHours(1));
    }

    assertThat(disk.files()).hasSizeBetween(24, 26);
    restartOn(disk.afterKill());
    assertThat(recentIds.committed().offset(0)).isEqualTo(40);
    assertThat(claim(39)).isFalse();
    assertThat(claim(0)).isTrue();
  }

  @Test
  void positionsOutliveTheIds() {
    apply(0, 5);
    recentIds.flush();
    clock.advance(Duration.ofDays(30));

    restartOn(disk.afterKill());

    assertThat(recentIds.committed().offset(0)).isEqualTo(5);
    assertThat(recentIds.remembered()).isZero();
  }

  @Test
  void survivesPowerCutAtEveryOperation() {
    FaultyStorage whole = new FaultyStorage();
    run(whole, new long[1]);
    for (long cut = 1; cut <= whole.operations(); cut++) {
      FaultyStorage failing = new FaultyStorage();
      failing.cutAt(cut);
      long[] acknowledged = {0};
      try {
        run(failing, acknowledged);
      } catch (BackendException.Unavailable e) {
        assertThat(e).hasMessageContaining("power is gone");
      }
      for (FaultyStorage left :
          List.of(
              failing.afterKill(),
              failing.afterPowerCut(FaultyStorage.Loss.EVERYTHING, cut),
              failing.afterPowerCut(FaultyStorage.Loss.RANDOM, cut))) {
        restartOn(left);
        int committed = (int) recentIds.committed().offset(0);
        assertThat(committed).isGreaterThanOrEqualTo((int) acknowledged[0]);
        for (int i = 0; i < committed; i++) {
          assertThat(claim(i)).isFalse();
        }
        apply(committed, 40);
        assertThat(recentIds.flush().offset(0)).isEqualTo(40);
        restartOn(disk.afterPowerCut(FaultyStorage.Loss.EVERYTHING, cut));
        assertThat(recentIds.committed().offset(0)).isEqualTo(40);
        assertThat(recentIds.remembered()).isEqualTo(40);
      }
    }
  }

  private void run(FaultyStorage storage, long[] acknowledged) {
    try (DiskRecentIds ids = new DiskRecentIds(storage, OPTIONS, new ManualClock(NOON))) {
      ids.start();
      for (int from = 0; from < 40; from += 10) {
        ids.apply(Deliveries.from(from, records.subList(from, from + 10)));
        acknowledged[0] = ids.flush().offset(0);
      }
    }
  }

  @Test
  void losesNothingWhenAnyOperationFails() {
    FaultyStorage whole = new FaultyStorage();
    run(whole, new long[1]);
    for (long failing = 2; failing <= whole.operations(); failing++) {
      restartOn(new FaultyStorage());
      disk.failAt(failing, FaultyStorage.Fault.DISK_FULL);
      for (int from = 0; from < 40; from += 10) {
        apply(from, from + 10);
        flushTwice();
      }
      restartOn(disk.afterPowerCut(FaultyStorage.Loss.EVERYTHING, failing));

      assertThat(recentIds.committed().offset(0)).isEqualTo(40);
      assertThat(recentIds.remembered()).isEqualTo(40);
    }
  }

  private void flushTwice() {
    try {
      recentIds.flush();
    } catch (BackendException.Unavailable e) {
      recentIds.flush();
    }
  }

  @Test
  void damagedFrameMovesThePositionsBackBehindTheLastGoodOne() {
    for (int from = 0; from < 30; from += 10) {
      apply(from, from + 10);
      recentIds.flush();
    }
    restartOn(disk.afterKill());
    apply(30, 40);
    recentIds.flush();
    String first = disk.files().getFirst();
    byte[] content = disk.content(first);
    content[content.length / 2] ^= 4;
    disk.put(first, content);

    restartOn(disk.afterKill());

    assertThat(recentIds.committed().offset(0)).isEqualTo(10);
    assertThat(claim(9)).isFalse();
    assertThat(claim(15)).isTrue();
    assertThat(claim(25)).isFalse();
    assertThat(claim(39)).isFalse();
  }

  @Test
  void fileCutAnywhereIsReadAsFarAsItGoes() {
    apply(0, 10);
    recentIds.flush();
    apply(10, 20);
    recentIds.flush();
    String file = disk.files().getFirst();
    byte[] content = disk.content(file);
    for (int length = 0; length < content.length; length++) {
      FaultyStorage cut = new FaultyStorage();
      cut.put(file, Arrays.copyOf(content, length));
      restartOn(cut);

      long committed = recentIds.committed().offset(0);
      assertThat(committed).isIn(0L, 10L);
      assertThat(recentIds.remembered()).isEqualTo(committed);
    }
  }

  @Test
  void flushesByItselfWhenManyArePending() {
    List<EventRecord> batch = records.subList(0, 1);
    for (int i = 0; i <= KeyFrame.KEYS_MAX; i++) {
      recentIds.apply(Deliveries.from(i, batch));
    }

    assertThat(recentIds.committed()).isEqualTo(Positions.START);
    assertThat(disk.files()).hasSize(1);
    assertThat(recentIds.flush().offset(0)).isEqualTo(KeyFrame.KEYS_MAX + 1);
  }

  @Test
  void refusesCallsAfterClose() {
    recentIds.close();
    recentIds.close();

    assertThatThrownBy(() -> claim(0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> recentIds.flush()).isInstanceOf(IllegalStateException.class);
  }
}
