package io.levee.app;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Platform threads that give way to the door's. What a subscriber does can wait: the event is on
 * the bus. A client can not. When there is too little CPU for both, the kernel gives a thread of
 * ours a third of what one of the door's gets; when there is enough, nobody notices. Threads that
 * such a thread starts (Lucene's for merging, the index's second lane) are as patient as it is.
 *
 * <p>On Linux alone a thread has a nice value of its own ({@code sched(7)}, "The nice value");
 * elsewhere these are threads like others. Raising a nice value needs no privilege.
 */
final class BackgroundThreads implements ThreadFactory {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundThreads.class);

  /**
   * Weighs 335 where 0 weighs 1,024 ({@code sched_prio_to_weight} of the kernel). With 10, which
   * weighs 110, other programs that keep the machine busy would leave the index next to nothing.
   */
  static final int NICE = 5;

  /** {@code PRIO_PROCESS} of {@code setpriority(2)}; 0 is then the calling thread, on Linux. */
  private static final int PRIO_PROCESS = 0;

  private static final int CALLING_THREAD = 0;
  private static final Optional<MethodHandle> SET_PRIORITY = setPriority();

  @Override
  public Thread newThread(Runnable work) {
    return Thread.ofPlatform()
        .unstarted(() -> {
          giveWay();
          work.run();
        });
  }

  @SuppressWarnings("restricted") // The flags of every JVM of ours allow native calls.
  private static Optional<MethodHandle> setPriority() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor signature =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    return linker
        .defaultLookup()
        .find("setpriority")
        .map(address -> linker.downcallHandle(address, signature));
  }

  /** Lowers the calling thread's priority, where the system can; a refusal changes nothing. */
  private static void giveWay() {
    if (SET_PRIORITY.isEmpty()) {
      return;
    }
    try {
      int refused = (int) SET_PRIORITY.get().invokeExact(PRIO_PROCESS, CALLING_THREAD, NICE);
      if (refused != 0) {
        LOG.debug("a thread keeps its priority");
      }
    } catch (Throwable e) { // invokeExact declares it; the call itself throws nothing
      throw new IllegalStateException("setpriority: " + e, e);
    }
  }
}
