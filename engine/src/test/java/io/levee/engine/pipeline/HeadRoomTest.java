package io.levee.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HeadRoomTest {
  private static final long GIB = 1L << 30;
  private static final Duration STEP = Duration.ofSeconds(5);

  private Instant now = Instant.parse("2026-11-22T10:00:00Z");
  private final HeadRoom room = new HeadRoom();

  // What the node did so far.
  private long published;
  private long index;
  private double used;
  private double idle;
  private double indexBusy;
  private long free = 100 * GIB;

  /** For a while, every second: events come, the index deals with some. */
  private void runs(Duration time, long comes, long indexed, double cores, double busy) {
    for (long i = 0; i < time.dividedBy(STEP); i++) {
      now = now.plus(STEP);
      published += comes * STEP.toSeconds();
      index = Math.min(published, index + indexed * STEP.toSeconds());
      used += cores * STEP.toSeconds();
      idle += (2 - cores) * STEP.toSeconds();
      indexBusy += busy * STEP.toSeconds();
      look();
    }
  }

  private void look() {
    room.add(
        new HeadRoom.Sample(
            now,
            published,
            used,
            idle,
            List.of(
                new HeadRoom.Loop("archive", published, 0),
                new HeadRoom.Loop("index", index, indexBusy)),
            free,
            5 * GIB));
  }

  @Test
  void saysNothingBeforeAnythingWasSeen() {
    assertThat(room.estimate()).isEqualTo(HeadRoom.Estimate.UNKNOWN);
  }

  @Test
  void saysNothingOfHowMuchMoreWithLittleTraffic() {
    look();
    runs(Duration.ofMinutes(4), 4, 4, 0.01, 0.01);

    assertThat(published).isLessThan(HeadRoom.EVENTS_LEAST);
    assertThat(room.estimate().more()).isNull();
  }

  @Test
  void saysNothingOfHowMuchMoreInTheFirstHalfMinute() {
    look();
    runs(Duration.ofSeconds(25), 1_000, 1_000, 0.5, 0.1);

    assertThat(room.estimate().more()).isNull();
  }

  @Test
  void idleProcessorsTakeAsMuchMoreAsAnEventCosts() {
    look();
    runs(Duration.ofMinutes(2), 1_000, 1_000, 0.5, 0.1);

    // Half a core for 1,000 events a second: one and a half cores for 3,000 more.
    assertThat(room.estimate().more()).isEqualTo(new HeadRoom.More(3_000, "processors", 1_000));
  }

  @Test
  void aLoopThatIsBusierThanTheProcessorsIsTheLimit() {
    look();
    runs(Duration.ofMinutes(2), 1_000, 1_000, 0.5, 0.8);

    assertThat(room.estimate().more()).isEqualTo(new HeadRoom.More(250, "index", 1_000));
  }

  @Test
  void aLoopThatFallsBehindLeavesNothing() {
    look();
    runs(Duration.ofMinutes(2), 1_000, 600, 1.5, 1);

    HeadRoom.Estimate estimate = room.estimate();

    assertThat(estimate.more()).isEqualTo(new HeadRoom.More(0, "index", 1_000));
    assertThat(estimate.waiting()).isEqualTo(120 * 400);
    assertThat(estimate.drain()).isEqualTo(new HeadRoom.Drain.Never("index"));
  }

  @Test
  void onlyTheLastMinutesCount() {
    look();
    runs(Duration.ofMinutes(20), 3_000, 3_000, 1.9, 0.9);
    runs(HeadRoom.WINDOW.plus(STEP), 1_000, 1_000, 0.5, 0.1);

    assertThat(room.estimate().more()).isEqualTo(new HeadRoom.More(3_000, "processors", 1_000));
  }

  @Test
  void theOldestWaitsSinceTheLoopWasLastBehindNothingOfIt() {
    look();
    runs(Duration.ofMinutes(1), 1_000, 1_000, 0.5, 0.5);
    runs(Duration.ofSeconds(40), 1_000, 500, 1, 1);

    // 20,000 wait; the last 20 s brought them.
    assertThat(room.estimate().waiting()).isEqualTo(20_000);
    assertThat(room.estimate().oldest()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void whatWaitsIsDrainedAtTheRateOfTheLastMinutes() {
    look();
    runs(Duration.ofMinutes(6), 2_000, 1_000, 1.9, 1);
    runs(HeadRoom.WINDOW, 0, 1_000, 1, 1);

    HeadRoom.Estimate estimate = room.estimate();

    assertThat(estimate.waiting()).isEqualTo(60_000);
    assertThat(estimate.drain()).isEqualTo(new HeadRoom.Drain.In(Duration.ofMinutes(1)));
  }

  @Test
  void nothingWaitsWhenAllIsDealtWith() {
    look();
    runs(Duration.ofMinutes(1), 1_000, 1_000, 0.5, 0.5);

    assertThat(room.estimate().oldest()).isZero();
    assertThat(room.estimate().drain()).isEqualTo(new HeadRoom.Drain.In(Duration.ZERO));
  }

  @Test
  void theDiskIsFullWhenTheGrowthOfTheLastHourHasFilledIt() {
    look();
    for (int i = 0; i < 20; i++) {
      runs(Duration.ofMinutes(1), 1, 1, 0, 0);
      free -= GIB;
    }
    look();

    // 20 GiB in 20 minutes; 80 are left, 5 of them under the floor.
    assertThat(room.estimate().disk()).isEqualTo(new HeadRoom.Disk.FullIn(Duration.ofMinutes(75)));
  }

  @Test
  void ofTheDiskNothingIsSaidTooEarly() {
    look();
    free -= GIB;
    runs(Duration.ofMinutes(9), 1, 1, 0, 0);

    assertThat(room.estimate().disk()).isEqualTo(new HeadRoom.Disk.Unknown());
  }

  @Test
  void aDiskThatGetsRoomIsNotFilling() {
    look();
    runs(Duration.ofMinutes(11), 1, 1, 0, 0);

    assertThat(room.estimate().disk()).isEqualTo(new HeadRoom.Disk.NotFilling());

    free = 5 * GIB;
    look();
    assertThat(room.estimate().disk()).isEqualTo(new HeadRoom.Disk.AtFloor());
  }

  @Test
  void remembersAnHourAndNoMore() {
    look();
    runs(Duration.ofMinutes(90), 1, 1, 0, 0);

    assertThat(room.moments()).hasSize(721);
  }
}
