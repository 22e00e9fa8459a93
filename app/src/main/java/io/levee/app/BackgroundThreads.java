package io.levee.app;

import io.levee.engine.run.ThreadPriority;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Platform threads that give way to the door's. What a subscriber does can wait: the event is on
 * the bus. A client can not. When there is too little CPU for both, the kernel gives a thread of
 * ours a third of what one of the door's gets; when there is enough, nobody notices. Threads that
 * such a thread starts (Lucene's for merging, the index's second lane) are as patient as it is.
 * Elsewhere than on Linux these are threads like others.
 */
final class BackgroundThreads implements ThreadFactory {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundThreads.class);

  /**
   * Weighs 335 where 0 weighs 1,024 ({@code sched_prio_to_weight} of the kernel). With 10, which
   * weighs 110, other programs that keep the machine busy would leave the index next to nothing.
   */
  static final int NICE = 5;

  @Override
  public Thread newThread(Runnable work) {
    return Thread.ofPlatform()
        .unstarted(() -> {
          if (!ThreadPriority.nice(NICE)) {
            LOG.debug("a thread keeps its priority");
          }
          work.run();
        });
  }
}
