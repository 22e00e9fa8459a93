package io.levee.engine.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much more this node can take, worked out of what it was seen to do in the last minutes: what
 * an event costs in processor time and how much of that is idle, and how busy each subscriber's
 * loop is. What too little is known of is left open, not guessed. Thread-safe.
 */
public final class HeadRoom {
  /** What is looked at for rates. */
  public static final Duration WINDOW = Duration.ofMinutes(5);

  /** What is looked at for the growth on disk: it goes in steps. */
  public static final Duration DISK_WINDOW = Duration.ofHours(1);

  /** With less than this nothing is said. */
  static final Duration LEAST = Duration.ofSeconds(30);

  /** With less than this nothing is said about the disk. */
  static final Duration DISK_LEAST = Duration.ofMinutes(10);

  /** A smaller number of events says nothing about what one costs. */
  static final long EVENTS_LEAST = 1_000;

  /** A longer wait is as good as none at all. */
  static final Duration LONG = Duration.ofDays(3_650);

  private static final String PROCESSORS = "processors";

  private final Deque<Sample> samples = new ArrayDeque<>();

  /**
   * What was seen at one moment; all but the disk counts up from the start.
   *
   * @param published records on the bus so far
   * @param usedCpuSeconds processor time of this process
   * @param idleCpuSeconds processor time that the machine had to spare
   * @param loops in any order, the same in every sample
   * @param freeBytes on the data's disk
   * @param floorBytes free bytes at which the door closes
   */
  public record Sample(
      Instant at,
      long published,
      double usedCpuSeconds,
      double idleCpuSeconds,
      List<Loop> loops,
      long freeBytes,
      long floorBytes) {
    public Sample {
      loops = List.copyOf(loops);
    }

    private @Nullable Loop loop(String group) {
      return loops.stream().filter(one -> one.group().equals(group)).findFirst().orElse(null);
    }
  }

  /**
   * One subscriber's loop.
   *
   * @param position records of the bus that it has dealt with or passed
   * @param busySeconds in which it had something to do
   */
  public record Loop(String group, long position, double busySeconds) {}

  /** Adds what is seen now; what is too old to matter is forgotten. */
  public synchronized void add(Sample sample) {
    samples.addLast(sample);
    Instant oldest = sample.at().minus(DISK_WINDOW);
    while (samples.size() > 1 && samples.getFirst().at().isBefore(oldest)) {
      samples.removeFirst();
    }
  }

  /** What follows from it. */
  public synchronized Estimate estimate() {
    Sample now = samples.peekLast();
    if (now == null) {
      return Estimate.UNKNOWN;
    }
    Sample before = since(now.at().minus(WINDOW));
    Window window = new Window(before, now);
    return new Estimate(more(window), age(now), waiting(now), drain(window), disk(now));
  }

  private Sample since(Instant from) {
    for (Sample sample : samples) {
      if (!sample.at().isBefore(from)) {
        return sample;
      }
    }
    return samples.getLast();
  }

  /** Two samples, and what happened between them. */
  private record Window(Sample from, Sample to) {
    double seconds() {
      return Duration.between(from.at(), to.at()).toNanos() / 1e9;
    }

    long events() {
      return to.published() - from.published();
    }

    double perSecond() {
      return events() / seconds();
    }

    boolean isLong(Duration least) {
      return Duration.between(from.at(), to.at()).compareTo(least) >= 0;
    }

    long dealtWith(Loop loop) {
      Loop was = from.loop(loop.group());
      return was == null ? 0 : loop.position() - was.position();
    }

    double busy(Loop loop) {
      Loop was = from.loop(loop.group());
      return was == null ? 0 : (loop.busySeconds() - was.busySeconds()) / seconds();
    }
  }

  private static @Nullable More more(Window window) {
    if (!window.isLong(LEAST) || window.events() < EVENTS_LEAST) {
      return null;
    }
    double used = window.to().usedCpuSeconds() - window.from().usedCpuSeconds();
    double idle = window.to().idleCpuSeconds() - window.from().idleCpuSeconds();
    double least = used > 0 ? idle / used * window.perSecond() : 0;
    String limit = PROCESSORS;
    for (Loop loop : window.to().loops()) {
      long dealtWith = window.dealtWith(loop);
      double busy = window.busy(loop);
      if (dealtWith >= EVENTS_LEAST && busy > 0) {
        // Busy all the time, it would deal with so many: what comes in already is taken off.
        double left = dealtWith / window.seconds() / Math.min(1, busy) - window.perSecond();
        if (left < least) {
          least = left;
          limit = loop.group();
        }
      }
    }
    return new More(Math.max(0, Math.round(least)), limit, window.perSecond());
  }

  /** Since when the oldest event has waited that some loop has not dealt with. */
  private Duration age(Sample now) {
    long reached = position(now);
    if (reached >= now.published()) {
      return Duration.ZERO;
    }
    Instant since = samples.getFirst().at();
    for (Iterator<Sample> back = samples.descendingIterator(); back.hasNext(); ) {
      Sample sample = back.next();
      if (sample.published() <= reached) {
        since = sample.at();
        break;
      }
    }
    return Duration.between(since, now.at());
  }

  private static long position(Sample sample) {
    return sample.loops().stream().mapToLong(Loop::position).min().orElse(sample.published());
  }

  private static long waiting(Sample now) {
    return Math.max(0, now.published() - position(now));
  }

  private static Drain drain(Window window) {
    Duration longest = Duration.ZERO;
    for (Loop loop : window.to().loops()) {
      long waiting = window.to().published() - loop.position();
      if (waiting <= 0) {
        continue;
      }
      if (!window.isLong(LEAST)) {
        return new Drain.Unknown();
      }
      double faster = window.dealtWith(loop) / window.seconds() - window.perSecond();
      double spare = window.busy(loop) < 0.9 ? waiting : faster;
      if (spare <= 0) {
        return new Drain.Never(loop.group());
      }
      Duration time = seconds(waiting / spare);
      longest = time.compareTo(longest) > 0 ? time : longest;
    }
    return new Drain.In(longest);
  }

  private Disk disk(Sample now) {
    if (now.freeBytes() <= now.floorBytes()) {
      return new Disk.AtFloor();
    }
    Window window = new Window(samples.getFirst(), now);
    if (!window.isLong(DISK_LEAST)) {
      return new Disk.Unknown();
    }
    double perSecond = (window.from().freeBytes() - now.freeBytes()) / window.seconds();
    if (perSecond <= 0) {
      return new Disk.NotFilling();
    }
    Duration left = seconds((now.freeBytes() - now.floorBytes()) / perSecond);
    return left.compareTo(LONG) > 0 ? new Disk.NotFilling() : new Disk.FullIn(left);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofSeconds(Math.round(Math.min(seconds, 2.0 * LONG.toSeconds())));
  }

  /**
   * What is known of the room that is left.
   *
   * @param more null when there was not enough traffic to tell
   * @param oldest how long the oldest event has waited that some subscriber has not dealt with; not
   *     longer than we have been looking
   * @param waiting events that the slowest subscriber has not dealt with
   */
  public record Estimate(
      @Nullable More more, Duration oldest, long waiting, Drain drain, Disk disk) {
    /** Nothing was seen yet. */
    public static final Estimate UNKNOWN =
        new Estimate(null, Duration.ZERO, 0, new Drain.Unknown(), new Disk.Unknown());
  }

  /**
   * How much more it can take.
   *
   * @param eventsPerSecond beyond those that come in now
   * @param limit what would be short first: "processors", or a subscriber's group
   * @param nowPerSecond what comes in now, of what was seen lately
   */
  public record More(long eventsPerSecond, String limit, double nowPerSecond) {}

  /** How long until nothing waits, if it goes on like this. */
  public sealed interface Drain {
    /** Too little was seen. */
    record Unknown() implements Drain {}

    /** Zero when nothing waits. */
    record In(Duration time) implements Drain {}

    /** This subscriber deals with no more than what comes in. */
    record Never(String group) implements Drain {}
  }

  /** How long until the disk's floor is reached, if it goes on like this. */
  public sealed interface Disk {
    /** Too little was seen. */
    record Unknown() implements Disk {}

    /** It grows so slowly that it doesn't matter, or not at all. */
    record NotFilling() implements Disk {}

    record FullIn(Duration time) implements Disk {}

    /** The door is closed. */
    record AtFloor() implements Disk {}
  }

  /** The moments that are remembered, oldest first. */
  synchronized List<Instant> moments() {
    List<Instant> moments = new ArrayList<>();
    samples.forEach(sample -> moments.add(sample.at()));
    return moments;
  }
}
