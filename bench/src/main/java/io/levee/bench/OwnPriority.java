package io.levee.bench;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The priority of the calling thread. The generator stands for clients on other machines; beside a
 * server with more busy threads than there are cores it would wait for its turn instead, and
 * measure the kernel's scheduler. Linux only, and only for those who may: others go on as they
 * were.
 */
final class OwnPriority {
  /** {@code PRIO_PROCESS} of {@code setpriority(2)}; 0 is then the calling thread, on Linux. */
  private static final int PRIO_PROCESS = 0;

  private static final int CALLING_THREAD = 0;
  private static final int NICE = -15;
  private static final Optional<MethodHandle> SET_PRIORITY = setPriority();

  private OwnPriority() {}

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

  /** Raises it; false when the system has no such call, or does not let us. */
  static boolean raise() {
    return set(NICE);
  }

  /** Takes {@link #raise} back. */
  static void usual() {
    set(0);
  }

  private static boolean set(int nice) {
    if (SET_PRIORITY.isEmpty()) {
      return false;
    }
    try {
      return (int) SET_PRIORITY.get().invokeExact(PRIO_PROCESS, CALLING_THREAD, nice) == 0;
    } catch (Throwable e) { // invokeExact declares it; the call itself throws nothing
      throw new IllegalStateException("setpriority: " + e, e);
    }
  }
}
