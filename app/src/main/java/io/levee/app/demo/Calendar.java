package io.levee.app.demo;

import io.levee.app.demo.Problem.Rhythm;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What happened when in the demo's week: the traffic of the days, releases, the outage, the batch.
 */
final class Calendar {
  /** Share of the busiest hour, from midnight to 23:00. */
  private static final double[] TRAFFIC = {
    .10, .07, .05, .04, .05, .08, .16, .28, .42, .55, .66, .74, .80, .72, .66, .64, .68, .76, .88,
    1.0, .97, .78, .48, .24
  };

  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration FRESH = Duration.ofHours(6);
  private static final int SCANS = 11;

  private final Instant start;
  private final Instant end;
  private final Instant badRelease;
  private final Instant fix;
  private final Instant outage;

  Calendar(Instant end) {
    this.end = end;
    this.start = end.minus(WEEK);
    Instant firstDay = start.truncatedTo(ChronoUnit.DAYS);
    this.outage = firstDay.plus(Duration.ofHours(3 * 24 + 13)).plus(Duration.ofMinutes(38));
    this.badRelease = firstDay.plus(Duration.ofHours(5 * 24 + 9)).plus(Duration.ofMinutes(12));
    this.fix = badRelease.plus(Duration.ofHours(23)).plus(Duration.ofMinutes(26));
  }

  /** The release that a project ran at a time. */
  String release(DemoProject project, Instant time) {
    return project.slug() + "@" + version(project.slug(), time);
  }

  private String version(String slug, Instant time) {
    boolean broken = !time.isBefore(badRelease);
    boolean fixed = !time.isBefore(fix);
    boolean lateWeek = !time.isBefore(start.plus(Duration.ofDays(2)));
    boolean fresh = !time.isBefore(end.minus(FRESH));
    return switch (slug) {
      case "shop" -> fixed ? "4.12.1" : broken ? "4.12.0" : lateWeek ? "4.11.3" : "4.11.2";
      case "storefront" ->
          fresh ? "9.5.0" : fixed ? "9.4.1" : broken ? "9.4.0" : lateWeek ? "9.3.1" : "9.3.0";
      case "orders-api" -> fresh ? "2.9.0" : lateWeek ? "2.8.5" : "2.8.4";
      default -> lateWeek ? "1.19.8" : "1.19.7";
    };
  }

  /** The times within the week at which a problem with this rhythm shows. */
  List<Instant> times(Rhythm rhythm, int perWeek, Random random) {
    List<Instant> times = new ArrayList<>();
    switch (rhythm) {
      case STEADY -> traffic(times, start, end, perWeek, random);
      case WORSENED -> {
        traffic(times, start, end, perWeek, random);
        double share = (double) Duration.between(badRelease, fix).toMillis() / WEEK.toMillis();
        traffic(times, badRelease, fix, (int) (perWeek * share * 1.4), random);
      }
      case BROKEN -> traffic(times, badRelease, fix, perWeek, random);
      case NIGHTLY -> nights(times, perWeek, random);
      case OUTAGE -> around(times, outage, Duration.ofMinutes(130), perWeek, random);
      case SCAN -> scans(times, perWeek, random);
      case FRESH -> traffic(times, end.minus(FRESH), end, perWeek, random);
    }
    times.removeIf(time -> time.isBefore(start) || !time.isBefore(end));
    return times;
  }

  private static void traffic(
      List<Instant> times, Instant from, Instant to, int count, Random random) {
    long millis = Duration.between(from, to).toMillis();
    for (int i = 0; i < count; i++) {
      Instant time = from.plusMillis((long) (random.nextDouble() * millis));
      // Most draws land where traffic is; a few tries keep the shape of the day.
      for (int tries = 0; tries < 12 && random.nextDouble() > trafficAt(time); tries++) {
        time = from.plusMillis((long) (random.nextDouble() * millis));
      }
      times.add(time);
    }
  }

  /** How busy the hour is, 1 for the busiest. */
  static double trafficAt(Instant time) {
    return TRAFFIC[time.atOffset(ZoneOffset.UTC).getHour()];
  }

  private void nights(List<Instant> times, int perWeek, Random random) {
    Instant day = start.truncatedTo(ChronoUnit.DAYS);
    for (int night = 0; night < 8; night++) {
      Instant batch = day.plus(Duration.ofDays(night)).plus(Duration.ofHours(21));
      around(times, batch, Duration.ofMinutes(34), perWeek / 7, random);
    }
  }

  private void scans(List<Instant> times, int perWeek, Random random) {
    for (int scan = 0; scan < SCANS; scan++) {
      Instant from = start.plusMillis((long) (random.nextDouble() * WEEK.toMillis()));
      around(times, from, Duration.ofMinutes(4), perWeek / SCANS, random);
    }
  }

  /** More at the beginning than at the end. */
  private static void around(
      List<Instant> times, Instant from, Duration length, int count, Random random) {
    for (int i = 0; i < count; i++) {
      double share = Math.min(random.nextDouble(), random.nextDouble());
      times.add(from.plusMillis((long) (share * length.toMillis())));
    }
  }
}
