package io.levee.app;

import io.levee.engine.bus.DeadLetters;
import io.levee.engine.bus.EventBus;
import io.levee.engine.bus.GroupLag;
import io.levee.engine.bus.Positions;
import io.levee.engine.bus.Subscriber;
import io.levee.engine.pipeline.DeadLetterOffice;
import io.levee.engine.pipeline.LoopConfig;
import io.levee.engine.pipeline.SubscriberLoop;
import io.levee.engine.run.Health;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All subscribers' loops, in the order in which pages show them. */
final class Loops implements AutoCloseable {
  private static final Duration CATCH_UP_MAX = Duration.ofMinutes(30);
  private static final long LOOK_AGAIN_MILLIS = 5;
  private static final Duration TELL_EVERY = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(Loops.class);

  private final EventBus bus;
  private final DeadLetters deadLetters;
  private final Clock clock;
  private final List<SubscriberLoop> loops = new ArrayList<>();
  private final Set<SubscriberLoop> started = ConcurrentHashMap.newKeySet();

  Loops(EventBus bus, DeadLetters deadLetters, Clock clock) {
    this.bus = bus;
    this.deadLetters = deadLetters;
    this.clock = clock;
  }

  /** Adds one that has little to do for an event, and on which counts and alerts depend. */
  SubscriberLoop add(Subscriber subscriber, LoopConfig config) {
    return add(subscriber, config, Thread.ofPlatform().factory());
  }

  /** Adds one that has much to do for an event, and gives way to the door. */
  SubscriberLoop addPatient(Subscriber subscriber, LoopConfig config) {
    return add(subscriber, config, new BackgroundThreads());
  }

  private SubscriberLoop add(Subscriber subscriber, LoopConfig config, ThreadFactory threads) {
    SubscriberLoop loop = new SubscriberLoop(subscriber, bus, deadLetters, config, clock, threads);
    loops.add(loop);
    return loop;
  }

  List<SubscriberLoop> all() {
    return List.copyOf(loops);
  }

  /** The loop of a group that was added. */
  SubscriberLoop of(String group) {
    return loops.stream().filter(one -> one.group().equals(group)).findFirst().orElseThrow();
  }

  /** What people do with the events that these loops set aside. */
  DeadLetterOffice office() {
    Map<String, DeadLetterOffice.Replay> groups = new LinkedHashMap<>();
    loops.forEach(loop -> groups.put(loop.group(), loop::replay));
    return new DeadLetterOffice(deadLetters, groups);
  }

  /**
   * Starts these groups and returns when they have dealt with everything that is on the bus now.
   * The others, which may have far more to do, would only be in their way.
   */
  void catchUp(List<String> groups) {
    List<SubscriberLoop> first = groups.stream().map(this::of).toList();
    first.forEach(this::begin);
    first.forEach(this::awaitCaughtUp);
  }

  /** Starts those that were not started yet. */
  void start() {
    loops.stream().filter(loop -> !started.contains(loop)).forEach(this::begin);
  }

  private void begin(SubscriberLoop loop) {
    started.add(loop);
    loop.start();
  }

  private void awaitCaughtUp(SubscriberLoop loop) {
    Positions end = bus.end();
    long startNanos = System.nanoTime();
    long toldNanos = startNanos;
    while (!loop.applied().reached(end)) {
      if (System.nanoTime() - toldNanos > TELL_EVERY.toNanos()) {
        toldNanos = System.nanoTime();
        tellPending(loop.group());
      }
      if (loop.state() == SubscriberLoop.State.STOPPED) {
        throw new StartFailure(loop.group() + " stopped while catching up: " + loop.lastError());
      }
      if (System.nanoTime() - startNanos > CATCH_UP_MAX.toNanos()) {
        throw new StartFailure(
            loop.group() + " did not catch up within " + CATCH_UP_MAX + ": " + loop.lastError());
      }
      try {
        Thread.sleep(LOOK_AGAIN_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StartFailure("interrupted while starting", e);
      }
    }
  }

  /** So that who waits in front of a terminal knows what for, and whether it gets on. */
  private void tellPending(String group) {
    for (GroupLag lag : bus.lag()) {
      if (lag.group().equals(group)) {
        LOG.atWarn()
            .addKeyValue("group", group)
            .addKeyValue("pending", lag.records())
            .log("not ready yet: reads what was accepted before the start");
      }
    }
  }

  /** Failing when a subscriber's store is in trouble; the intake goes on all the same. */
  Health check() {
    for (SubscriberLoop loop : loops) {
      boolean troubled =
          loop.state() == SubscriberLoop.State.RETRYING
              || loop.state() == SubscriberLoop.State.STOPPED;
      if (troubled) {
        return Health.failing(loop.group() + ": " + loop.lastError());
      }
    }
    return Health.ok();
  }

  /** Closes them all at once, so that the slowest flush decides how long it takes. */
  @Override
  public void close() {
    List<Thread> closing =
        started.stream().map(loop -> Thread.ofVirtual().start(loop::close)).toList();
    boolean interrupted = false;
    for (Thread thread : closing) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
