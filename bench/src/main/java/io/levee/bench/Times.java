package io.levee.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lengths of time as numbers and text. */
final class Times {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  private Times() {}

  static double seconds(Duration time) {
    return time.toNanos() / NANOS_PER_SECOND;
  }

  /** Milliseconds with two decimals. */
  static String millis(Duration time) {
    return String.format(Locale.ROOT, "%.2f", time.toNanos() / NANOS_PER_MILLI);
  }

  static Duration since(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** CPU time that this process has used; zero when the platform doesn't say. */
  static Duration ownCpu() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? Duration.ofNanos(Math.max(0, system.getProcessCpuTime()))
        : Duration.ZERO;
  }

  /**
   * The middle one, the lower of two.
   *
   * @throws IllegalArgumentException when there is none
   */
  static Duration median(List<Duration> times) {
    if (times.isEmpty()) {
      throw new IllegalArgumentException("times: none (expected: at least one)");
    }
    List<Duration> sorted = new ArrayList<>(times);
    sorted.sort(null);
    return sorted.get((sorted.size() - 1) / 2);
  }
}
