package io.levee.app.demo;

import io.levee.app.demo.Happening.Failure;
import io.levee.app.demo.Happening.LogLine;
import io.levee.app.demo.Happening.Timing;
import io.levee.app.demo.Problem.Rhythm;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;

/**
 * A week in the life of four programs: forty problems, thousands of log lines and timed requests, a
 * release that breaks the cart and the one that mends it, an afternoon without the payment
 * provider, and a batch that asks too much of the database every night. The same for the same seed
 * and end.
 *
 * <p>Immutable and thread-safe; the iterators are for one thread each.
 */
public final class DemoWeek {
  private static final int LOGS_PER_WEEK = 3_000;
  private static final int TIMINGS_PER_WEEK = 1_500;
  private static final int LIVE_GAP_MEAN_MILLIS = 500;

  /** The odd constant that spreads consecutive numbers over all seeds (SplitMix64). */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private record Moment(Instant time, Happening happening) {}

  private final long seed;
  private final Calendar calendar;
  private final People people;
  private final List<Failure> failures;

  /**
   * @param seed picks everything that is left to chance
   * @param end of the week, usually now
   */
  public DemoWeek(long seed, Instant end) {
    this.seed = seed;
    this.calendar = new Calendar(end);
    this.people = new People(new Random(seed));
    List<Failure> all = new ArrayList<>();
    ShopProblems.all().forEach(problem -> all.add(new Failure(DemoProject.SHOP, problem)));
    OrdersProblems.all().forEach(problem -> all.add(new Failure(DemoProject.ORDERS, problem)));
    StorefrontProblems.all()
        .forEach(problem -> all.add(new Failure(DemoProject.STOREFRONT, problem)));
    WorkerProblems.all().forEach(problem -> all.add(new Failure(DemoProject.WORKER, problem)));
    this.failures = List.copyOf(all);
  }

  /** The week's events in the order of their times. Each is written when it is asked for. */
  public Iterator<DemoEvent> week() {
    List<Moment> moments = moments();
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < moments.size();
      }

      @Override
      public DemoEvent next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the week has " + next + " events");
        }
        Moment moment = moments.get(next);
        return event(moment.happening(), moment.time(), random(next++));
      }
    };
  }

  /**
   * Goes on after the week without an end, about two events a second. The times run ahead on their
   * own: who plays them must wait for each.
   */
  public Iterator<DemoEvent> live(Instant start) {
    List<Failure> usual =
        failures.stream()
            .filter(failure -> failure.problem().rhythm() != Rhythm.BROKEN)
            .filter(failure -> failure.problem().rhythm() != Rhythm.OUTAGE)
            .toList();
    Random random = new Random(seed ^ start.toEpochMilli());
    return new Iterator<>() {
      private Instant time = start;

      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public DemoEvent next() {
        double gap = -Math.log(1 - random.nextDouble()) * LIVE_GAP_MEAN_MILLIS;
        time = time.plusMillis(Math.max(1, Math.round(gap)));
        return event(anything(usual, random), time, random);
      }
    };
  }

  private static Happening anything(List<Failure> failures, Random random) {
    int share = random.nextInt(100);
    if (share < 55) {
      return People.pick(Routine.LOGS, random);
    }
    return share < 80 ? People.pick(Routine.TIMINGS, random) : People.pick(failures, random);
  }

  private Random random(long number) {
    return new Random(seed ^ (number * SPREAD));
  }

  private List<Moment> moments() {
    Random random = new Random(seed);
    List<Moment> moments = new ArrayList<>();
    for (Failure failure : failures) {
      Problem problem = failure.problem();
      for (Instant time : calendar.times(problem.rhythm(), problem.perWeek(), random)) {
        moments.add(new Moment(time, failure));
      }
    }
    for (Instant time : calendar.times(Rhythm.STEADY, LOGS_PER_WEEK, random)) {
      moments.add(new Moment(time, logLine(random)));
    }
    for (Instant time : calendar.times(Rhythm.STEADY, TIMINGS_PER_WEEK, random)) {
      moments.add(new Moment(time, People.pick(Routine.TIMINGS, random)));
    }
    moments.sort(Comparator.comparing(Moment::time));
    return moments;
  }

  /** Programs say that all is well far more often than that it is not. */
  private static LogLine logLine(Random random) {
    LogLine line = People.pick(Routine.LOGS, random);
    return line.level().equals("info") || random.nextInt(3) == 0
        ? line
        : People.pick(Routine.LOGS, random);
  }

  private DemoEvent event(Happening happening, Instant time, Random random) {
    Instant millis = time.truncatedTo(ChronoUnit.MILLIS);
    DemoProject project = happening.project();
    boolean bot = happening instanceof Failure failure && failure.problem().rhythm() == Rhythm.SCAN;
    Scene scene =
        new Scene(random, millis, people.any(random), calendar.release(project, millis), bot);
    byte[] envelope =
        switch (happening) {
          case Failure failure ->
              Envelopes.ofEvent(project, scene, "event", new FailurePayload(failure, scene).json());
          case LogLine line -> Envelopes.ofLog(project, RoutinePayload.log(line, scene));
          case Timing timing ->
              Envelopes.ofEvent(
                  project, scene, "transaction", RoutinePayload.transaction(timing, scene));
        };
    return new DemoEvent(project.slug(), millis, envelope);
  }

  /** How long the script is. */
  public static Duration length() {
    return Duration.ofDays(7);
  }
}
