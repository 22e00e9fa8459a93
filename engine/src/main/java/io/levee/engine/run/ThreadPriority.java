package io.levee.engine.run;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The nice value of the calling thread, from -20 (first) to 19 (last). On Linux alone a thread has
 * one of its own ({@code sched(7)}, "The nice value"), and hands it to the threads that it starts;
 * elsewhere nothing happens. Raising it needs no privilege, lowering does.
 */
public final class ThreadPriority {
  /** {@code PRIO_PROCESS} of {@code setpriority(2)}; 0 is then the calling thread, on Linux. */
  private static final int PRIO_PROCESS = 0;

  private static final int CALLING_THREAD = 0;
  private static final Optional<MethodHandle> SET_PRIORITY = setPriority();

  private ThreadPriority() {}

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

  /** Sets it; false when the system has no such call, or does not let us. */
  public static boolean nice(int value) {
    if (SET_PRIORITY.isEmpty()) {
      return false;
    }
    try {
      return (int) SET_PRIORITY.get().invokeExact(PRIO_PROCESS, CALLING_THREAD, value) == 0;
    } catch (Throwable e) { // invokeExact declares it; the call itself throws nothing
      throw new IllegalStateException("setpriority: " + e, e);
    }
  }
}
