package io.levee.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a Levee process: starts, tells where it listens, works, and on SIGTERM or Ctrl-C
 * stops cleanly; when a client or a store keeps it from that, it ends all the same. Nothing that
 * was accepted depends on a clean end.
 */
final class RunningLevee {
  /** Less than what supervisors usually wait before they kill: 10 s. */
  private static final Duration STOP_MAX = Duration.ofSeconds(9);

  /** What a process ends with that SIGTERM ended. */
  private static final int EXIT_TERMINATED = 143;

  private static final Logger LOG = LoggerFactory.getLogger(RunningLevee.class);

  /** What the process does once Levee runs. */
  interface Work {
    void run(Levee levee, PrintWriter out) throws InterruptedException, IOException;
  }

  private RunningLevee() {}

  static int until(Levee levee, PrintWriter out, Work work) throws InterruptedException {
    AtomicBoolean stopping = new AtomicBoolean();
    CountDownLatch stopped = new CountDownLatch(1);
    Thread worker = Thread.currentThread();
    Thread hook =
        Thread.ofPlatform()
            .unstarted(() -> {
              stopping.set(true);
              worker.interrupt();
              try {
                stop(levee);
              } finally {
                stopped.countDown();
              }
            });
    levee.start();
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      Files.writeString(levee.folder().address(), levee.publicUrl().toString());
      work.run(levee, out);
    } catch (IOException e) {
      throw new StartFailure(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      if (!stopping.get()) {
        throw e;
      }
    } finally {
      if (stopping.get()) {
        stopped.await();
      } else {
        levee.close();
      }
    }
    return 0;
  }

  /** Stops, or ends the process when that takes too long. */
  private static void stop(Levee levee) {
    Thread closing = Thread.ofPlatform().daemon().name("levee-stop").start(levee::close);
    try {
      if (closing.join(STOP_MAX)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LOG.warn("not everything ended in time; ending all the same, what was not flushed comes again");
    Runtime.getRuntime().halt(EXIT_TERMINATED);
  }
}
