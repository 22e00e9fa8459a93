package io.levee.app;

import com.sun.management.OperatingSystemMXBean;
import io.levee.engine.accept.DiskFloor;
import io.levee.engine.bus.EventBus;
import io.levee.engine.pipeline.HeadRoom;
import io.levee.engine.pipeline.SubscriberLoop;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every few seconds at what the node does, for {@link HeadRoom}. One thread. */
final class HeadRoomWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeadRoomWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final HeadRoom headRoom = new HeadRoom();
  private final EventBus bus;
  private final Loops loops;
  private final DiskFloor floor;
  private final Supplier<DiskFloor.Room> disk;
  private final Clock clock;
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("levee-head-room").factory());

  // Used by the scheduler's thread alone.
  private double idleCpuSeconds;
  private long lookedNanos;

  HeadRoomWatch(
      EventBus bus, Loops loops, DiskFloor floor, Supplier<DiskFloor.Room> disk, Clock clock) {
    this.bus = bus;
    this.loops = loops;
    this.floor = floor;
    this.disk = disk;
    this.clock = clock;
  }

  void start() {
    lookedNanos = System.nanoTime();
    var _ =
        scheduler.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What is known now. */
  HeadRoom.Estimate estimate() {
    return headRoom.estimate();
  }

  private void look() {
    try {
      headRoom.add(sample());
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("cannot see how much head-room there is; looking again");
    }
  }

  private HeadRoom.Sample sample() {
    List<HeadRoom.Loop> seen = loops.all().stream().map(HeadRoomWatch::loop).toList();
    long published = bus.end().records();
    DiskFloor.Room room = disk.get();
    return new HeadRoom.Sample(
        clock.instant(),
        published,
        usedCpuSeconds(),
        idleCpuSeconds(),
        seen,
        room.freeBytes(),
        floor.floorBytes());
  }

  private static HeadRoom.Loop loop(SubscriberLoop loop) {
    return new HeadRoom.Loop(loop.group(), loop.applied().records(), loop.busyNanos() / 1e9);
  }

  private static double usedCpuSeconds() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime() / 1e9
        : 0;
  }

  /** Adds what the machine had to spare since the last look; nothing where it doesn't say. */
  private double idleCpuSeconds() {
    long now = System.nanoTime();
    double seconds = (now - lookedNanos) / 1e9;
    lookedNanos = now;
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      double load = system.getCpuLoad();
      if (load >= 0 && load <= 1) {
        idleCpuSeconds += (1 - load) * system.getAvailableProcessors() * seconds;
      }
    }
    return idleCpuSeconds;
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
  }
}
