package io.levee.console;

import io.levee.engine.pipeline.HeadRoom;

/**
 * How much more the node can take, in words.
 *
 * @param more events a second; empty when it isn't known
 * @param moreWhy what limits it, or why it isn't known
 * @param waiting events that wait
 * @param oldest how long the oldest of them has waited
 * @param drain how long until nothing waits
 * @param drainAlarm whether it grows
 * @param floor how long until the door closes for want of disk
 * @param floorAlarm whether that is less than a day
 */
record HeadRoomView(
    String more,
    String moreWhy,
    String waiting,
    String oldest,
    String drain,
    boolean drainAlarm,
    String floor,
    boolean floorAlarm) {
  private static final long SOON_SECONDS = 86_400;

  static HeadRoomView of(HeadRoom.Estimate estimate) {
    HeadRoom.More more = estimate.more();
    return new HeadRoomView(
        more == null ? "" : Figures.compact(more.eventsPerSecond()),
        more == null
            ? "not enough traffic to tell"
            : more.limit()
                + " would be short first; now "
                + Figures.rate(more.nowPerSecond())
                + "/s",
        Figures.compact(estimate.waiting()),
        estimate.waiting() == 0
            ? "nothing waits"
            : "the oldest for " + TimeText.span(Math.max(1, estimate.oldest().toSeconds())),
        drain(estimate.drain()),
        estimate.drain() instanceof HeadRoom.Drain.Never,
        floor(estimate.disk()),
        isSoon(estimate.disk()));
  }

  private static String drain(HeadRoom.Drain drain) {
    return switch (drain) {
      case HeadRoom.Drain.Unknown ignored -> "too early to tell";
      case HeadRoom.Drain.In(var time) ->
          time.toSeconds() < 5 ? "at once" : "in " + TimeText.span(time.toSeconds());
      case HeadRoom.Drain.Never(String group) -> "never: " + group + " is slower than what comes";
    };
  }

  private static String floor(HeadRoom.Disk disk) {
    return switch (disk) {
      case HeadRoom.Disk.Unknown ignored -> "too early to tell";
      case HeadRoom.Disk.NotFilling ignored -> "not filling";
      case HeadRoom.Disk.AtFloor ignored -> "now";
      case HeadRoom.Disk.FullIn(var time) -> "in " + TimeText.span(time.toSeconds());
    };
  }

  private static boolean isSoon(HeadRoom.Disk disk) {
    return switch (disk) {
      case HeadRoom.Disk.Unknown ignored -> false;
      case HeadRoom.Disk.NotFilling ignored -> false;
      case HeadRoom.Disk.AtFloor ignored -> true;
      case HeadRoom.Disk.FullIn(var time) -> time.toSeconds() < SOON_SECONDS;
    };
  }
}
