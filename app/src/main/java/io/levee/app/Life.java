package io.levee.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts things in order and closes what was started in reverse, all of it, whatever fails on the
 * way.
 */
final class Life implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Life.class);

  private record Started(String name, AutoCloseable thing) {}

  private final Deque<Started> started = new ArrayDeque<>();

  /** Starts one; it is closed later even when its start fails halfway. */
  synchronized void begin(String name, Runnable start, AutoCloseable thing) {
    started.push(new Started(name, thing));
    LOG.atInfo().addKeyValue("part", name).log("starting");
    start.run();
  }

  @Override
  public synchronized void close() {
    while (!started.isEmpty()) {
      Started one = started.pop();
      try {
        one.thing().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        LOG.atWarn().addKeyValue("part", one.name()).log("interrupted while closing");
      } catch (Exception e) {
        LOG.atError().addKeyValue("part", one.name()).setCause(e).log("did not close cleanly");
      }
    }
  }
}
