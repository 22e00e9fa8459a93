package io.levee.app;

import io.levee.engine.accept.DiskFloor;
import io.levee.engine.run.Health;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the node all the time: at the disk several times a second, at everything else every
 * second. Logs what goes wrong and what is well again, once each, and remembers what is wrong now.
 * Two threads, so that a store that hangs keeps nobody from looking at the disk.
 */
final class NodeWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeWatch.class);
  private static final long DISK_EVERY_MILLIS = 200;
  private static final long CHECKS_EVERY_MILLIS = 1_000;

  private final DiskFloor floor;
  private final Map<String, Supplier<Health>> checks;
  private final Runnable makeRoom;
  private final Map<String, String> troubles = new ConcurrentHashMap<>();
  private final ScheduledExecutorService disk =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("levee-disk-watch").factory());
  private final ScheduledExecutorService rest =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("levee-watch").factory());

  /**
   * @param checks by the name of what is checked, in the order of pages
   * @param makeRoom begins to let go of what may go; called when the disk is nearly full
   */
  NodeWatch(DiskFloor floor, Map<String, Supplier<Health>> checks, Runnable makeRoom) {
    this.floor = floor;
    this.checks = new LinkedHashMap<>(checks);
    this.makeRoom = makeRoom;
  }

  /** Looks once, so that a door opened next is not opened on a full disk, and then for ever. */
  void start() {
    lookAtDisk();
    var _ =
        disk.scheduleWithFixedDelay(
            this::lookAtDisk, DISK_EVERY_MILLIS, DISK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    var _ =
        rest.scheduleWithFixedDelay(
            this::lookAtAll, CHECKS_EVERY_MILLIS, CHECKS_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void lookAtDisk() {
    try {
      switch (floor.look()) {
        case NONE -> {}
        case CLOSED -> makeRoom.run();
        case OPENED -> LOG.atInfo().log("the disk has room again; the door is open");
      }
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("cannot look at the disk; the door stays as it is");
    }
  }

  private void lookAtAll() {
    checks.forEach((name, check) -> {
      try {
        note(name, check.get());
      } catch (RuntimeException e) {
        note(name, Health.failing("cannot be checked: " + e));
      }
    });
  }

  private void note(String name, Health health) {
    switch (health) {
      case Health.Ok ignored -> {
        if (troubles.remove(name) != null) {
          LOG.atWarn().addKeyValue("part", name).log("is well again");
        }
      }
      case Health.Failing(String reason) -> {
        if (troubles.put(name, reason) == null) {
          LOG.atError()
              .addKeyValue("part", name)
              .addKeyValue("reason", reason)
              .log("is in trouble");
        }
      }
    }
  }

  /** What was wrong at the last look, a sentence each. */
  List<String> troubles() {
    return checks.keySet().stream()
        .filter(troubles::containsKey)
        .map(name -> name + ": " + troubles.get(name))
        .toList();
  }

  @Override
  public void close() {
    disk.shutdown();
    rest.shutdown();
  }
}
