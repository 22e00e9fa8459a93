package io.levee.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The life of a Levee process: starts, tells where it listens, works, and on SIGTERM or Ctrl-C
 * stops cleanly.
 */
final class RunningLevee {
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
                levee.close();
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
}
