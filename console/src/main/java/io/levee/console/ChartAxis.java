package io.levee.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Where the words and numbers along a chart stand. */
final class ChartAxis {
  private static final int TICKS_MAX = 8;
  private static final long MINUTE_MILLIS = 60_000;

  /** Words nearer to an end than this, in per cent, would stand outside of the chart. */
  private static final double EDGE_PERCENT = 2.5;

  private static final long[] TICK_STEPS_MINUTES = {
    1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 20_160, 43_200
  };

  private ChartAxis() {}

  /** 1, 2, 3, 4, 5, 6, 8, 10, 20 …: the first that is not below the highest bar. */
  static long top(long highest) {
    long unit = 1;
    while (true) {
      for (long factor : new long[] {1, 2, 3, 4, 5, 6, 8}) {
        if (factor * unit >= highest) {
          return factor * unit;
        }
      }
      unit *= 10;
    }
  }

  /** On whole minutes, hours or days of the reader, so that they can be read; about six. */
  static List<Chart.Tick> ticks(Instant from, Instant to) {
    long millis = Math.max(1, Duration.between(from, to).toMillis());
    long step = step(millis);
    ZoneId zone = Reader.current().zone();
    List<Chart.Tick> ticks = new ArrayList<>();
    long local = from.toEpochMilli() + offset(zone, from.toEpochMilli());
    for (long word = Math.ceilDiv(local, step) * step; ; word += step) {
      // The offset at the word itself: a clock may change in between.
      long at = word - offset(zone, word);
      if (at > to.toEpochMilli()) {
        return ticks;
      }
      double percent = 100.0 * (at - from.toEpochMilli()) / millis;
      if (percent >= EDGE_PERCENT && percent <= 100 - EDGE_PERCENT) {
        ticks.add(
            new Chart.Tick(
                Figures.svg(percent) + "%",
                TimeText.axis(Instant.ofEpochMilli(at), Duration.ofMillis(step))));
      }
    }
  }

  private static long step(long millis) {
    for (long minutes : TICK_STEPS_MINUTES) {
      if (minutes * MINUTE_MILLIS * TICKS_MAX >= millis) {
        return minutes * MINUTE_MILLIS;
      }
    }
    return TICK_STEPS_MINUTES[TICK_STEPS_MINUTES.length - 1] * MINUTE_MILLIS;
  }

  private static long offset(ZoneId zone, long epochMillis) {
    return zone.getRules().getOffset(Instant.ofEpochMilli(epochMillis)).getTotalSeconds() * 1000L;
  }
}
