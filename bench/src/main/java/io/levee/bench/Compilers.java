package io.levee.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** The compilers within a JVM, as Linux shows its threads. */
final class Compilers {
  /** A thread's name is cut at fifteen characters. */
  private static final String NAMES = "C[12] CompilerThre.*";

  /** Of the fields behind the name, see proc_pid_stat(5). */
  private static final int USER_TICKS = 11;

  private static final int SYSTEM_TICKS = 12;
  private static final Duration TICK = Duration.ofMillis(10);

  private final Path threads;

  /** Those of a process. */
  Compilers(long pid) {
    this.threads = Path.of("/proc", Long.toString(pid), "task");
  }

  /** Whether this machine shows threads. */
  boolean known() {
    return Files.isDirectory(threads);
  }

  /**
   * CPU time of those that run now. A compiler that ends takes its time with it, so that the next
   * look may find less.
   */
  Duration cpu() {
    Duration sum = Duration.ZERO;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
      for (Path thread : all) {
        sum = sum.plus(cpu(thread));
      }
      return sum;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Duration cpu(Path thread) throws IOException {
    try {
      return cpu(Files.readString(thread.resolve("stat")));
    } catch (NoSuchFileException e) {
      return Duration.ZERO; // It ended meanwhile.
    }
  }

  /** Of one thread's line: the number, the name in parentheses, and the fields. */
  static Duration cpu(String stat) {
    int nameEnd = stat.lastIndexOf(')');
    if (!stat.substring(stat.indexOf('(') + 1, nameEnd).matches(NAMES)) {
      return Duration.ZERO;
    }
    String[] fields = stat.substring(nameEnd + 2).split(" ", -1);
    return TICK.multipliedBy(
        Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]));
  }
}
